### What is kept of a person: explained, shown, deleted; in plain Japanese.

## /privacy

privacy-intro = この ボットが 残(のこ)す 記録(きろく)の 話です。
privacy-kept =
    何を、何の ために、いつまで 残(のこ)すか
    ・会話：Telegramの 番号、言葉、さいきんの 質問(しつもん)と 答えの 名前、使った 日と 時間。次の 質問に 答える ため。最後(さいご)に 使って から { $conversations }日
    ・担当者(たんとうしゃ)との 話：名前、質問、返事、評価(ひょうか)。担当者に わたす ため。終わって から { $cases }日
    ・行事(ぎょうじ)の おしらせ：おしらせを 送る ため。おしらせを もらって いる 間(あいだ)。ぜんぶ やめたら、最後(さいご)に 使って から { $conversations }日。送った おしらせの ひかえは 90日
    ・行事の もうしこみ：名前、人の 数、日、メモ。うけつける ため。行事の { $sign_ups }日 後(あと)まで
    ・「分かったら 知らせて もらう」の 質問：おしらせする ため。おしらせするまで。長くて { $questions }日
    ・質問の 文と 選(えら)んだ 答え、担当者の 返事の 下書き：答えを よく する ため。だれの 質問かは 残しません。電話番号(でんわばんごう)や 番地(ばんち)は かくします。{ $questions }日
    ・来た メッセージは、読み終わるまで。読めなかった ものは { $set_aside }日。とどかなかった ものは { $undelivered }日
    ・メッセージの 番号：返事や 直した 文を 相手(あいて)に とどける ため。60日
privacy-seen =
    だれが 見るか
    ・担当者との 話と もうしこみは、担当者が Telegramの グループで 見ます
    ・ほかの 記録は、ボットを 動かす 人だけが 見る ことが できます
    ・メッセージは、Telegramにも 残ります
privacy-second-look = 答えを いくつか 見せる とき、質問の 文だけを ほかの サービスに 送る ことが あります。答えの 順番(じゅんばん)を よく する ためです。電話番号などは かくして 送ります。
privacy-rights = 自分の 記録は、いつでも 見る ことと 消す ことが できます。
button-my-data = 自分の 記録を 見る
button-forget = 記録を 消す

## /mydata

my-data = この ボットが 残(のこ)して いる、あなたの 記録(きろく)の 全部(ぜんぶ)です。担当者(たんとうしゃ)だけの メモは Telegramの グループに あります。ここには ありません。

## /forget

forget-ask =
    あなたの 記録(きろく)を 全部(ぜんぶ) 消しますか。
    消える もの：会話、担当者(たんとうしゃ)との 話、行事(ぎょうじ)の おしらせと もうしこみ、まだ 送って いない メッセージ。担当者と 話して いる ときは、その 話も 終わります。担当者の グループに ある 話も 消します。
    残(のこ)る もの：だれの ものか 分からない 数と 質問(しつもん)の 文、Telegramに ある メッセージ。もうしこみの おしらせは、担当者が グループから 消します。
    消した ものは、もどせません。
button-forget-sure = 全部(ぜんぶ) 消す
button-forget-keep = 消さない
forget-kept = 何も 消して いません。
forget-done = あなたの 記録(きろく)を 全部(ぜんぶ) 消しました。次に 書く ときは、はじめての 人として 答えます。

## For staff

desk-forgotten = 担当者(たんとうしゃ)を 待(ま)って いた 人が、記録(きろく)を 消して ほしいと 言いました。ボットの 記録を 消しました。話は 終わりです。この人の トピックも 消します。
desk-forgotten-of = { $name }さんが 話して いた 人が、記録(きろく)を 消して ほしいと 言いました。ボットの 記録を 消しました。話は 終わりです。この人の トピックも 消します。
desk-delete-topic = この人の 記録(きろく)を 消しました。ボットは この トピックを 消す ことが できません。管理者(かんりしゃ)が 消して ください。
sign-up-forgotten = もうしこみを とりけしました（記録を 消しました）
sign-up-forgotten-people = 人の 数：{ $people }人
sign-up-forgotten-card = もうしこんだ 人が、記録(きろく)を 消して ほしいと 言いました。前の おしらせも、グループから 消して ください。

## The names in the file

data-made = 作った 日と 時間
data-user = Telegramの 番号
data-conversation = 会話
data-case = 担当者との 話
data-topic = 担当者の グループでの トピックの 番号
data-subscriber = 行事の おしらせ
data-reminded = 送った おしらせ
data-sign-ups = 行事の もうしこみ
data-wanted = 答えを 待って いる 質問
data-drafts = 話から 作った 答えの 案
data-passed-on = 直す ために 残した 文
data-linked = 残した メッセージ番号の 数
data-waiting = まだ 送って いない もの
data-undelivered = とどかなかった もの
data-set-aside = 読めなかった もの
data-held-back = 止めて いる おしらせの 数
data-colleague = 担当者としての 名前
data-writing = 担当者として 書いて いる もの
data-since = はじめ
data-last-seen = 最後に 使った とき
data-lang = 言葉
data-lang-chosen = 言葉を 自分で 選んだ
data-reachable = メッセージを 送れる
data-greeted = あいさつを した
data-last-question = 最後の 質問
data-last-entry = 最後に 見せた 答え
data-trail = さいきんの 質問
data-question = 質問
data-came = どう なったか
data-entry = 見せた 答え
data-wish = 担当者に 聞きたい
data-why = 理由
data-form = 書いて いる もうしこみ
data-face = 見える 名前
data-name = 名前
data-username = ユーザー名
data-stage = 今の ようす
data-opened = 話の はじめ
data-last-words = 最後の 言葉の とき
data-last-asked = 最後に 聞いた こと
data-answers = 担当者の 返事
data-asked = 聞いた こと・とき
data-rating = 評価
data-stars = 点
data-line = ひとこと
data-event = 行事
data-people = 人の 数
data-day = 日
data-note = メモ
data-state = 今の ようす
data-follows = おしらせを もらう もの
data-leads = 何時間 前に おしらせするか
data-quiet = おしらせしない 時間
data-words = 文
data-at = 日と 時間
data-going = 行く 行事
data-muted = おしらせしない 行事
data-paused = おしらせを 休んで いる
data-chosen = おしらせの えらび方を かえた とき
data-weekly = 毎週の 一覧を もらう
data-zone = 時間の 地域
data-from = から
data-until = まで
data-filled = もうしこみの 内容
data-suggestions = 担当者に 見せた 答え
data-waiting-since = 返事を 待ちはじめた とき
data-what = 何
data-starts = はじまる とき
data-message = メッセージの 番号
data-misses = つづけて 役に 立たなかった 数
data-answer-stands = 最後の 答えは そのまま
data-lang-instead = ほかの 言葉の 案内を する
data-alerts = 担当者に 知らせた 数
