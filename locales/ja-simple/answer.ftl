### What stands around the text of an entry, in plain Japanese.

fallback-language = この 話は、やさしい 日本語の 文が まだ ありません。{ $language }の 文を 送ります。
no-body = この 話の 文は、まだ ありません。
valid-until-passed = これは { $date }までの 話です。今の ことは 市に 聞いて ください。
review-due = これは 古い 話かも しれません。今の ことは 市に 聞いて ください。
event-ended = これは { $date }に 終わりました。
name-ja = 日本語
name-ja-simple = やさしい 日本語
name-en = 英語(えいご)

source-line = もとの 資料(しりょう)：{ $list }
source-item = { $title }({ $date })
source-separator = {" "}／{" "}
ask-the-bot = この ボットに 聞く

month = { $number }月
day = { $year }年{ $month }{ $day }日
month-short = { $number }月
weekday = { $number ->
        [1] 月よう日
        [2] 火よう日
        [3] 水よう日
        [4] 木よう日
        [5] 金よう日
        [6] 土よう日
       *[7] 日よう日
    }
minute = { $number ->
        [0] {""}
       *[other] { $number }分
    }
moment = { $month }{ $day }日({ $weekday }){ $hour }時{ $minute }
moment-of-year = { $year }年{ $month }{ $day }日({ $weekday }){ $hour }時{ $minute }
as-of-day = { $year }年{ $month }{ $day }日の 資料
as-of-month-end = { $year }年{ $month }の 終わりの 資料
as-of-month = { $year }年{ $month }
as-of-year = { $year }年
as-of-fiscal-year = { $year }年4月からの 1年
as-of-undated = 日づけなし、{ $year }年に 見ました
