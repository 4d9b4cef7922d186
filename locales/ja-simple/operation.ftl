### Operation: what could not be delivered, and the knowledge taken anew. Read by staff and owners.

letters-none = 届けられなかったものはありません。
letters-head = 届けられなかったもの：{ $count }件
letters-to-person = { $number }. { $moment } { $name }さんへ
letters-to-topic = { $number }. { $moment } { $name }さんのトピックへ
letters-to-unknown = { $number }. { $moment } 相談したことのない方へ
letters-to-group = { $number }. { $moment } このグループへ
letters-blocked = 理由：相手がボットをブロックしたか、Telegramをやめました
letters-refused = 理由：Telegramが受け付けませんでした（{ $words }）
letters-words = 「{ $words }」
letters-original = もとのメッセージを見る
letters-no-words = （文章ではないもの）
letters-again = もう一度送ります。
letters-dropped = 片付けました。
letters-gone = もうありません。ほかの人が先に決めました。
button-letter-again = { $number } もう一度送る
button-letter-drop = { $number } 片付ける

reload-begins = 少しお待ちください。
reload-taken = 知識を読み直しました。版は{ $revision }、項目は{ $entries }件です。
reload-same = 知識は前と同じです。版は{ $revision }、項目は{ $entries }件です。
reload-new = 新しい項目{ $count }件：{ $list }
reload-changed = 変わった項目{ $count }件：{ $list }
reload-gone = なくなった項目{ $count }件：{ $list }
reload-otherwise = 変わったのは、項目のほか（尋ね方、言葉、出典、決まり）だけです。
reload-more = ほか{ $count }件
reload-refused = 直すところが{ $count }件あるため、前の版のままです。
reload-failed = 知識を読み直せませんでした。前の版のままです。{ $reason }
reload-went-back = 版{ $revision }に戻しました。項目は{ $entries }件です。フォルダーの中は変えていません。/reload するか起動し直すと、フォルダーの内容が新しい版になります。
reload-not-kept = その版は、もう残っていません。/reload back で、残っている版を見られます。
reload-choose = 残っている版です。戻す版を選んでください。
reload-no-other = 今の版のほかに、残っている版はありません。
revision-choice = { $moment } { $revision }（{ $entries }件）
only-owners = 運営の責任者だけが使えます。
button-go-back = 前の版に戻す
command-dead-letters = 届けられなかったものを見る
command-reload = 知識を読み直す（責任者だけ）
