### Buttons: a verb and a thing, at most 14 characters.

button-menu = メニューを開く
button-human = 担当者に聞く
button-languages = 言葉を変える
button-none = どれでもない
button-right = 役に立った
button-not-this = ほかの答えを見る
button-share = 家族に送る
button-previous = 前のページを見る
button-next = 次のページを見る
button-topics = 話題に戻る
button-rating-line = 一言を書く
