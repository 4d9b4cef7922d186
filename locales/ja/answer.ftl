### What stands around the text of an entry: how far it holds, its sources, its dates.

fallback-language = この話題の日本語の文章はまだありません。{ $language }の文章をお送りします。
no-body = この話題の文章は、まだ用意できていません。
valid-until-passed = { $date }までの内容です。今どうなっているかは、市への確認が必要です。
review-due = 見直しの時期を過ぎた内容です。今も同じかどうかは、市への確認が必要です。
event-ended = この行事は{ $date }に終わりました。
name-ja = 日本語
name-ja-simple = やさしい日本語
name-en = 英語

source-line = 出典：{ $list }
source-item = { $title }({ $date })
source-separator = {" "}／{" "}
ask-the-bot = このボットに質問する

month = { $number }月
day = { $year }年{ $month }{ $day }日
month-short = { $number }月
weekday = { $number ->
        [1] 月
        [2] 火
        [3] 水
        [4] 木
        [5] 金
        [6] 土
       *[7] 日
    }
minute = { $number ->
        [0] 00
        [1] 01
        [2] 02
        [3] 03
        [4] 04
        [5] 05
        [6] 06
        [7] 07
        [8] 08
        [9] 09
       *[other] { $number }
    }
moment = { $month }{ $day }日({ $weekday }){ $hour }:{ $minute }
moment-of-year = { $year }年{ $month }{ $day }日({ $weekday }){ $hour }:{ $minute }
as-of-day = { $year }年{ $month }{ $day }日時点
as-of-month-end = { $year }年{ $month }末時点
as-of-month = { $year }年{ $month }
as-of-year = { $year }年
as-of-fiscal-year = { $year }年度
as-of-undated = 日付なし、{ $year }年に確認
