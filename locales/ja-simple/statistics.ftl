### How the bot is used, in figures, for staff.

command-stats = 使われかたを 見る

## The message

stats-week = { $from }から { $to }までの 使われかた
stats-month = { $month }の 使われかた
stats-so-far = （今日まで）
stats-compared-week = （ ）の 中は、その 前の 1週間です
stats-compared-month = （ ）の 中は、その 前の 1か月です
stats-none = この 間、質問も 相談も ありません。
stats-asked = 質問：{ $count }件（{ $before }件）
stats-part = ・{ $name } { $count }（{ $before }）
stats-answered = すぐに 答えた
stats-choices = えらぶ ものを 出した
stats-gaps = 資料に ない
stats-to-person = 担当者に つないだ
stats-not-understood = 分からなかった
stats-declined = ほかの 話
stats-share = すぐに 答えた 割合：{ $share }（{ $before }）
stats-percent = { $share }%
stats-unknown = なし
stats-cases = 担当者への 相談：始まった { $opened }件（{ $before }件）、終わった { $closed }件
stats-wait = はじめの 返事まで：半分は { $median }より 早い、9割は { $most }より 早い（開いている 時間で）
stats-minutes = { $minutes }分
stats-hours = { $hours }時間{ $minutes }分
stats-rating = 評価：平均 { $mean } / 5（{ $count }件）
stats-topics = よく 聞かれた こと
stats-topic = { $place }. { $title }（{ $count }）
stats-misses = 答えられなかった 質問
stats-miss = ・「{ $question }」（{ $count }）
stats-languages = 言葉：日本語 { $ja }、やさしい日本語 { $simple }、英語 { $en }
stats-movers = 使った 人 { $active }人（はじめての 人 { $new }人）、ボットを 止めた 人 { $left }人
stats-new-movers = はじめての 人：{ $new }人
button-stats-week = 今週を 見る
button-stats-month = 今月を 見る
button-stats-week-before = 前の 週を 見る
button-stats-week-after = 次の 週を 見る
button-stats-month-before = 前の 月を 見る
button-stats-month-after = 次の 月を 見る

## The picture

picture-title = 引っこし相談ボットの 1週間
picture-days = { $from }から { $to }まで
picture-asked = 質問
picture-share = すぐに 答えた 割合
picture-cases = 担当者への 相談
picture-wait = はじめの 返事まで
picture-count = { $count }件
picture-before = 前の 週：{ $value }
picture-bars = 1日ごとの 質問の 数
picture-line = 前の 週
picture-no-topics = この 週は、ありません。
picture-more = くわしくは /stats を 見てください。
