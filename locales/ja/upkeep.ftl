### Upkeep: a clock that leapt, and what could not be delivered or handled. Read by owners and staff.

clock-leapt = ⚠ サーバーの時計が進みました。前回の確認は{ $last }、いまの時計は{ $now }です。古い記録の削除を止めています。時計が正しければ、24時間後に再開します。正しくなければ、それまでに直してください。
left-over = 対応の必要なものがあります。届けられなかったもの{ $letters }件、処理できず取り分けた更新{ $updates }件です。グループの /deadletters で確認できます。
left-over-letters = 届けられなかったものが{ $count }件残っています。グループの /deadletters で確認できます。
left-over-updates = 処理できず取り分けた更新が{ $count }件残っています。グループの /deadletters で確認できます。
aside-head = 処理できず取り分けた更新：{ $count }件
aside-message = 番号{ $number }　{ $moment }　メッセージ
aside-tap = 番号{ $number }　{ $moment }　ボタン
aside-other = 番号{ $number }　{ $moment }　そのほかの更新
aside-panicked = 理由：プログラムの不具合で、くり返し失敗しました
aside-crashed = 理由：処理中にプログラムが、くり返し停止しました
