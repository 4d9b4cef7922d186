### How the bot is used, in figures, for staff.

command-stats = 利用状況を見る

## The message

stats-week = { $from }〜{ $to }の利用状況
stats-month = { $month }の利用状況
stats-so-far = （今日まで）
stats-compared-week = （ ）内は、その前の1週間
stats-compared-month = （ ）内は、その前の1か月
stats-none = この間、質問も相談もありません。
stats-asked = 質問：{ $count }件（{ $before }件）
stats-part = ・{ $name } { $count }（{ $before }）
stats-answered = すぐに答えた
stats-choices = 選択肢を出した
stats-gaps = 資料になし
stats-to-person = 担当者に案内
stats-not-understood = 分からなかった
stats-declined = 対象外
stats-share = すぐに答えた割合：{ $share }（{ $before }）
stats-percent = { $share }%
stats-unknown = なし
stats-cases = 担当者への相談：受付{ $opened }件（{ $before }件）、終了{ $closed }件
stats-wait = 最初の返事まで：半数は{ $median }以内、9割は{ $most }以内（開庁時間で）
stats-minutes = { $minutes }分
stats-hours = { $hours }時間{ $minutes }分
stats-rating = 評価：平均{ $mean } / 5（{ $count }件）
stats-topics = よく聞かれた話題
stats-topic = { $place }. { $title }（{ $count }）
stats-misses = 答えられなかった質問
stats-miss = ・「{ $question }」（{ $count }）
stats-languages = 言葉：日本語{ $ja }、やさしい日本語{ $simple }、英語{ $en }
stats-movers = 使った人{ $active }人（初めての人{ $new }人）、ボットを止めている人{ $left }人
stats-new-movers = 初めての人：{ $new }人
button-stats-week = 今週を見る
button-stats-month = 今月を見る
button-stats-week-before = 前の週を見る
button-stats-week-after = 次の週を見る
button-stats-month-before = 前の月を見る
button-stats-month-after = 次の月を見る

## The picture

picture-title = 移住相談ボットの1週間
picture-days = { $from }〜{ $to }
picture-asked = 質問
picture-share = すぐに答えた割合
picture-cases = 担当者への相談
picture-wait = 最初の返事まで（中央値）
picture-count = { $count }件
picture-before = 前の週：{ $value }
picture-bars = 1日ごとの質問の数
picture-line = 前の週
picture-no-topics = この週は、ありません。
picture-more = 詳しくは /stats をご覧ください。
