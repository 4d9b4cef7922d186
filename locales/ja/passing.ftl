### What is said about messages on their way over the concierge desk, and about its topics.

## To the mover

case-edited = 訂正：
case-lost-protected = これは、コピーを止める設定のため、担当者に渡せませんでした。文章で書くか、設定を変えて、もう一度お送りください。

## To both sides

edited-to-nothing = （文章を消しました）

## To staff

desk-edited = 変更：
desk-lost-protected = 届きませんでした。このグループは「コンテンツの保存を制限」しているため、文章のほかは送れません。文章で書くか、設定を切って送り直してください。
desk-held-full = これ以上は預かれません。上の文章を送るかメモにしてから、もう一度書いてください。
desk-close-why = 終える理由を選んでください。
desk-again-with-you = 前に担当した相談です。よろしければ引き受けてください。

## To the owners

desk-topic-deleted = 担当者のグループで、相談のトピックが1つ消されていました。新しいトピックを開き、カードと新しい文章を送りました。消された文章は戻りません。
desk-topic-closed = 担当者のグループで、対応中の相談のトピックが1つ閉じられていました。開き直して、新しい文章を送りました。相談を終えるときは「終える」を使ってください。
