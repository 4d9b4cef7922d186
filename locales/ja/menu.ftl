### The menu and its topics.

menu-title = 知りたい話題を選んでください。
menu-topic = { $name }{ $pages ->
        [1] {""}
       *[other] ({ $page }／{ $pages })
    }

topic-subsidy = 補助金
topic-vacant-home = 空き家
topic-housing = 住まい
topic-farming = 農業
topic-childcare = 子育て
topic-education = 教育
topic-medical = 医療と健康
topic-work = 仕事
topic-transport = 交通
topic-event = 行事
topic-community = 地域の活動
topic-daily-life = 暮らし
topic-safety = 安全と防災
topic-tourism = 観光
topic-contact = 相談先
topic-plan = 市の計画と統計
topic-digital = インターネット
topic-welfare = 福祉
topic-other-municipality = ほかの市
