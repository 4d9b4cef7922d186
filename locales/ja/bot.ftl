### What the bot says besides answers.

## The first words

welcome =
    安中市への移住についての質問に、市などの資料をもとにお答えします。
    自動で答えるボットです。担当者に相談したいときは、いつでもお知らせください。
    答えには出典と日付を付けます。
welcome-line = 安中市への移住について、市などの資料をもとに自動で答えるボットです。
link-unknown = このリンクが示す内容は、今は見つかりません。知りたいことを書くか、メニューから選んでください。
other-language-instead = お使いの言葉ではお答えできないため、日本語でお答えします。
smalltalk = 安中市への移住をご案内するボットです。補助金、空き家、子育て、交通など、知りたいことを書いてください。
refuse = そのご依頼にはお応えできません。安中市への移住についてのご質問をお書きください。

## When it was not clear

not-understood = ご質問をうまく読み取れませんでした。別の言い方で書くか、メニューから選んでください。
person-first = お役に立てず、申し訳ありません。担当者に聞いてみますか。
person-offered = 担当者に聞くことができます。別の言い方で書いてみることもできます。
clarify = 知りたいことに近いものを選んでください。
chosen = 選んだもの：{ $label }
not-readable = 言葉を読み取れませんでした。知りたいことを文字で書いてください。
too-long = 一度に読めるのは{ $limit }字までです。短くして、もう一度お送りください。いただいた文章は保存してあります。担当者に聞くこともできます。
voice = 音声は聞き取れません。知りたいことを文字で書いてください。
photo = 写真の内容は読み取れません。知りたいことを文字で書いてください。
sticker = スタンプをありがとうございます。質問は文字で書いてください。
video = 動画の内容は読み取れません。知りたいことを文字で書いてください。
document = ファイルの中身は読み取れません。知りたいことを文字で書いてください。
location = 位置情報は読み取れません。場所についての質問は、地名を文字で書いてください。
contact = 連絡先は読み取れません。担当者に相談したいときは、下のボタンを押してください。
other-kind = この種類のメッセージは読み取れません。知りたいことを文字で書いてください。

## A person

wish-kept =
    担当者への相談のご希望を記録しました。
    担当者の対応時間は、平日の8:30〜17:15(日本時間)です。土日、祝日、12月29日〜1月3日は休みです。
    このチャットで担当者がお返事する仕組みは、準備中です。返事の時期はお約束できません。
wish-told = 担当者にお伝えしました。{ $moment }までに、このチャットでお返事します。
wish-held = 担当者がこのチャットを見ています。そのままお書きください。
person-sorry = お役に立てず、申し訳ありません。
complaint-sorry = ご不快な思いをおかけし、申し訳ありません。
individual-cannot = 一人ひとりの事情についての判断は、ボットにはできません。
rating-thanks = 評価をありがとうございます({ $stars } / 5)。
rating-line-ask = 次に書いた文章を、担当者にそのまま伝えます。
rating-line-thanks = 担当者に伝えます。ありがとうございます。
wish-question = 記録した内容：{ $question }
wish-again = 担当者への相談のご希望は、{ $date }に記録してあります。
complaint = ご不快な思いをおかけし、申し訳ありません。ボットでは解決できません。担当者に聞いてみますか。
individual = 一人ひとりの事情についての判断は、ボットにはできません。担当者に聞いてみますか。

## Settings and rights

language-ask = どの言葉でお答えしましょうか。
language-name = 日本語
language-set = これからは日本語でお答えします。

## Help and commands

help-intro = 知りたいことを、ふつうの言葉で書いてください。次のコマンドも使えます。
command-line = /{ $name } { $description }
help-examples = 例：「家を買うとお金が出ますか」「空き家の改修に補助は出ますか」
command-start = はじめの案内を見る
command-menu = 話題から選ぶ
command-help = 使い方を見る
command-language = 言葉を変える
command-events = 行事について見る
command-reminders = 行事の通知について見る
command-human = 担当者に聞く
command-mydata = 自分の記録を見る
command-forget = 自分の記録を消す
command-privacy = 保存されるものを見る

## After a tap

thanks = ありがとうございます。
old-button = 古いボタンです。
old-button-menu = このボタンは古くなりました。メニューから選び直してください。
