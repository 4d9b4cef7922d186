### The menu and its topics, in plain Japanese.

menu-title = 何を 知りたいですか。1つ 選(えら)んで ください。
menu-topic = { $name }{ $pages ->
        [1] {""}
       *[other] {" "}({ $page }／{ $pages })
    }

topic-subsidy = もらえる お金
topic-vacant-home = 空き家(あきや)
topic-housing = 住む 家
topic-farming = 農業(のうぎょう)
topic-childcare = 子育て
topic-education = 学校
topic-medical = 病院と 体
topic-work = 仕事
topic-transport = 電車と バス
topic-event = 祭りなど
topic-community = 町の 活動
topic-daily-life = 毎日の くらし
topic-safety = 安全(あんぜん)
topic-tourism = 観光(かんこう)
topic-contact = 相談する 所
topic-plan = 市の 計画と 数字
topic-digital = インターネット
topic-welfare = 福祉(ふくし)
topic-other-municipality = ほかの 市
