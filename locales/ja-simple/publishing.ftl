### What staff enter and send to many, outside the movers' topics.

command-event = 行事を登録・変更する

## The events, as staff see them

events-staff = 登録されている、これからの行事です。変えるときは、行事を押してください。
events-staff-none = これからの行事は、登録されていません。
events-staff-file = カレンダーのファイル（.ics）や、自治体標準の「イベント一覧」（.csv）をここに送ると、まとめて登録できます。
button-new-event = 新しい行事を書く
button-change-event = この行事を変える

## Asking for the details of an event

ask-title = 行事の名前を書いてください。英語ややさしい日本語の名前もあるときは、行を変えて「英語：」「やさしい：」に続けて書いてください。
ask-when = 日時を書いてください。例：2027-02-14 9:30-11:30、2月14日(日) 9時半〜11時半。日だけなら終日になります。
ask-kind = 種類を選んでください。
ask-place = 場所の名前を書いてください。「英語：」「やさしい：」の行も書けます。なくすときは「なし」と書いてください。
ask-address = 住所を書いてください。なくすときは「なし」と書いてください。
ask-map = 地図の位置を、緯度と経度で書いてください。例：36.3262, 138.8870。なくすときは「なし」と書いてください。
ask-audience = だれのための行事かを書いてください。「英語：」「やさしい：」の行も書けます。なくすときは「なし」と書いてください。
ask-fee = 料金を書いてください。無料のときは「無料」、分からないときは「不明」と書いてください。「英語：」「やさしい：」の行も書けます。
ask-contact = 問い合わせ先を書いてください。「英語：」「やさしい：」の行も書けます。なくすときは「なし」と書いてください。
ask-text = 説明を書いてください（800字まで）。「英語：」「やさしい：」の行からは、その言葉の説明になります。なくすときは「なし」と書いてください。
ask-link = 申し込みページのアドレスを書いてください。なくすときは「なし」と書いてください。
ask-deadline = 申し込みの期限を書いてください。例：2027-02-10 17:00。日だけなら、その日の終わりまでになります。なくすときは「なし」と書いてください。
ask-capacity = 定員を数字で書いてください。なくすときは「なし」と書いてください。

## The event as it will be seen

preview-ja = ── 日本語 ──
preview-ja-simple = ── やさしい日本語 ──
preview-en = ── English ──
preview-in-other-language = 英語がまだない項目：{ $list }
publish-tells = 公開すると、{ $count }人にお知らせが届きます。
publish-tells-some = 公開すると、この行事を待っている人にお知らせが届きます。
publish-tells-nobody = 公開しても、お知らせは届きません。
button-field-title = 名前
button-field-when = 日時
button-field-kind = 種類
button-field-place = 場所
button-field-address = 住所
button-field-map = 地図の位置
button-field-audience = 対象
button-field-fee = 料金
button-field-contact = 問い合わせ先
button-field-text = 説明
button-field-link = 申し込みページ
button-field-deadline = 申し込み期限
button-field-capacity = 定員
button-in-chat = ここで受け付ける
button-not-in-chat = ここでの受付をやめる
button-confirm-date = 日程を確定にする
button-unconfirm-date = 日程を未確定にする
button-cancel-event = 行事を中止にする
button-publish = 公開する
button-discard = やめる
button-back = 戻る
publish-unfinished = 書きかけのものがあります。先に、それを公開するか、やめてください。
button-go-on = 続きを見る
published = 公開しました：{ $title }
publish-discarded = やめました。何も変わっていません。
publish-old = この表示は古くなりました。一番新しい表示のボタンを押してください。
publish-not-yours = これは、書き始めた人だけが操作できます。
publish-changed-meanwhile = この間に、ほかの人がこの行事を変えました。/event からもう一度開いてください。
publish-anonymous = 匿名の管理者のままでは書けません。ご自分の名前で送ってください。
publish-in-general = 行事の登録やお知らせは、相談のトピックの外（General）でお願いします。

## What is wrong with what was written

wrong-no-text = 言葉が見つかりません。もう一度書いてください。
wrong-too-long = { $limit }字までで書いてください。
wrong-no-place = 先に、場所の名前を書いてください。
wrong-map = 緯度と経度が読み取れません。「36.3262, 138.8870」のように書いてください。
wrong-link = https:// で始まるアドレスを書いてください。
wrong-capacity = 1以上の数字を書いてください。
wrong-weekday = その日は{ $day }で、書かれた曜日と合いません。日か曜日を直して、もう一度書いてください。
wrong-day = 「{ $read }」という日はありません。
wrong-hour = 「{ $read }」という時刻はありません。時は0から29までで書いてください（25:30は翌日の1時半です）。
wrong-noon = 「{ $read }」は、昼の12時か夜の12時か分かりません。12:00か0:00と書いてください。
wrong-years = 「{ $read }」の二つの年が合っていません。
wrong-no-year = 「{ $read }」に年がありません。
wrong-no-day = 「{ $read }」に日がありません。
wrong-end = 「{ $read }」は、終わりが始まりより前です。
wrong-past = { $when }は、もう過ぎています。
wrong-too-far = 「{ $read }」は遠すぎます。年は1900から2199までです。
wrong-time = 「{ $read }」が読み取れません。「2027-02-14 9:30-11:30」のように書いてください。

## Files

file-read = { $name } を読みました。新しい行事 { $new }件、変わる行事 { $changed }件、同じもの { $same }件。
file-line = ・{ $when }　{ $title }
file-tells = 取り込むと、変更や中止のお知らせが全部で{ $count }通届きます。
file-problems = 取り込めない行が{ $count }件あります。直してからもう一度送れば、残りも取り込めます。
file-problem = { $line }行目：{ $what }
file-problem-at = { $line }行目の{ $at }：{ $what }
file-all-problems = 取り込めない行のすべてです。
file-quietly = 新しい行事は、一件ずつのお知らせはしません。日時の変更と中止は、すぐにお知らせします。
file-kept-by-staff = { $line }行目の行事は、職員が書いたとおりに残します。
file-kept-by-entry = { $line }行目の行事は、案内の記事に書かれているとおりに残します。
file-kept-newer = { $line }行目の行事は、もっと新しい内容が登録されています。
file-kept-once = { $line }行目の行事は二度書かれています。初めのものを使います。
file-taken = 取り込みました。新しい行事 { $new }件、変わった行事 { $changed }件。
file-other-kind = 行事のファイルは、.ics か .csv で送ってください。
file-too-large = ファイルが大きすぎます。2MBまでにしてください。
file-not-fetched = ファイルを受け取れませんでした。もう一度送ってください。
button-take-file = 取り込む
wrong-no-calendar = カレンダーのファイルではありません。最初の行は BEGIN:VCALENDAR です。
wrong-no-table = イベント一覧の表ではありません。最初の行に「イベント名」と「開始日」の列が要ります。
wrong-encoding = 文字が読めません。UTF-8かShift_JISで保存してください。
wrong-no-property = 読み取れない行です。「名前:値」の形で書いてください。
wrong-unclosed = 行事の終わり（END:VEVENT）がありません。
wrong-missing = 書かれていません。
wrong-twice = { $first }行目にも同じ行事があります。
wrong-read = 「{ $read }」が読み取れません。
wrong-zone = 「{ $name }」という時間帯が分かりません。
wrong-single-dates = 繰り返しの中の一日だけの変更は取り込めません。別の行事として書いてください。
wrong-elsewhere = 「{ $read }」は、ほかの自治体です。
wrong-span = 終わりが始まりより前か、年が遠すぎます。
wrong-rule = 繰り返しの決まりが読み取れません。

## The demo's own event

demo-event-title = 見本(みほん)：畑(はたけ)の 体験(たいけん)
demo-event-text = これは 見本です。本当の 行事では ありません。
demo-event-place = 見本の 畑
demo-event-audience = 安中市に 住みたい 人
demo-event-fee = お金は いりません
