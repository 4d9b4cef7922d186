### Buttons: a verb and a thing, as short as plain Japanese allows.

button-menu = メニューを 見る
button-human = 担当者に 聞く
button-languages = 言葉を かえる
button-none = この中に ない
button-right = よく 分かった
button-not-this = ほかの 答えを 見る
button-share = 家族に 送る
button-previous = 前を 見る
button-next = 次を 見る
button-topics = 話の 名前を 見る
