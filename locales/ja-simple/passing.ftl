### What is said about messages on their way over the concierge desk, and about its topics.

## To the mover

case-edited = なおしました：
case-lost-protected = コピーを 止める 設定(せってい)なので、これは 担当者(たんとうしゃ)に わたせませんでした。文で 書くか、設定を かえて、もう一度 送って ください。

## To both sides

edited-to-nothing = （文を けしました）

## To staff

desk-edited = 変更：
desk-lost-protected = 届きませんでした。このグループは「コンテンツの保存を制限」しているため、文章のほかは送れません。文章で書くか、設定を切って送り直してください。
desk-held-full = これ以上は預かれません。上の文章を送るかメモにしてから、もう一度書いてください。
desk-close-why = 終える理由を選んでください。
desk-again-with-you = 前に担当した相談です。よろしければ引き受けてください。

## To the owners

desk-topic-deleted = 担当者のグループで、相談のトピックが1つ消されていました。新しいトピックを開き、カードと新しい文章を送りました。消された文章は戻りません。
desk-topic-closed = 担当者のグループで、対応中の相談のトピックが1つ閉じられていました。開き直して、新しい文章を送りました。相談を終えるときは「終える」を使ってください。
