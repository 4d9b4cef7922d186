### What staff tell many at once.

command-broadcast = 多くの人にお知らせを送る

## Writing it

ask-broadcast = お知らせの文を書いてください（一つの言語につき{ $limit }字まで）。英語ややさしい日本語の文もあるときは、行を変えて「英語：」「やさしい：」に続けて書いてください。
ask-broadcast-again = 新しい文を書いてください（一つの言語につき{ $limit }字まで）。「英語：」「やさしい：」の行も書けます。書かなかった言語の文は、そのまま残ります。なくすときは「英語：なし」のように書いてください。
ask-broadcast-link = ボタン「詳しく見る」で開くページのアドレスを書いてください。なくすときは「なし」と書いてください。
ask-segment = だれに送るかを選んでください。
ask-segment-event = どの行事の人に送るかを選んでください。
broadcast-page = ボタン「詳しく見る」：{ $address }
broadcast-instead-ja = 日本語の文が届きます。
broadcast-instead-ja-simple = やさしい日本語の文が届きます。
broadcast-instead-en = 英語の文が届きます。
broadcast-to = 送る相手：{ $segment }
broadcast-to-everybody = 通知を受けている人すべて
broadcast-to-kind = 「{ $kind }」の通知を受けている人
broadcast-to-event = 「{ $title }」の通知を受けている人
broadcast-choice = { $name }（{ $count }人）
broadcast-receivers = 届く人：{ $total }人（日本語 { $ja }人、やさしい日本語 { $simple }人、英語 { $en }人）
broadcast-others = ほかの{ $count }人には届きません（通知を休んでいるか、ボットを止めています）。
broadcast-not-counted = 今は人数を数えられません。少し待ってから、もう一度お試しください。
broadcast-tried = ボットとの個人チャットに送ります。
broadcast-trial-unreachable = 試し送りが届きませんでした。先に、個人チャットでボットに話しかけてください。
broadcast-trial-refused = Telegramが、この文を受け付けませんでした：{ $reason }
broadcast-asks-second = もう一人の担当者の確認が必要です。内容を確かめて、「確認して送る」を押してください。
broadcast-asks-sure = この内容で送ってよろしいですか。送った後は、取り消せません。
button-broadcast-sure = はい、送ります
broadcast-own = 書いた人のほかの担当者だけが確認できます。
broadcast-to-nobody = 届く人がいません。
broadcast-started = 送信を始めました。
button-broadcast-all = 通知を受けている全員
button-broadcast-events = 行事を選ぶ
button-broadcast-trial = 自分に試し送り
button-broadcast-send = 送る
button-broadcast-words = 言葉を直す
button-broadcast-link = リンクを付ける
button-broadcast-other-link = リンクを変える
button-broadcast-segments = 相手を選び直す
button-broadcast-confirm = 確認して送る

## While it goes out

broadcast-sending = 送信中 { $told } / { $all }人
broadcast-paused = 一時停止中 { $told } / { $all }人
broadcast-paused-refused = Telegramが受け付けないため停止中 { $told } / { $all }人
broadcast-cancelled = 中止しました：届いた { $sent }人
broadcast-done = 送信が終わりました：届いた { $sent }人
broadcast-unreachable = 届かない { $count }人
broadcast-failed = 送れなかった { $count }人
broadcast-skipped = 対象から外れた { $count }人
broadcast-left = あと約{ $minutes }分
broadcast-stopped = 送信を一時停止しました。Telegramが続けて受け付けませんでした：{ $reason }
broadcast-note-paused = 一時停止しました。
broadcast-note-resumed = 再開しました。
broadcast-note-cancelled = 中止しました。
broadcast-already = もう、そのようになっています。
broadcast-over = この送信は、もう終わっています。
button-broadcast-pause = 一時停止
button-broadcast-resume = 再開する
button-broadcast-cancel = 中止する
