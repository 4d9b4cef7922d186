### Buttons: a verb and a thing, as short as plain Japanese allows.

button-menu = メニューを 見る
button-human = 担当者に 聞く
button-languages = 言葉を かえる
button-none = この中に ない
button-right = 役に 立った
button-not-this = ほかの 答えを 見る
button-share = 家族に 送る
button-previous = 前の ページ
button-next = 次の ページ
button-topics = 話を えらび直す
button-rating-line = ひとこと 書く
