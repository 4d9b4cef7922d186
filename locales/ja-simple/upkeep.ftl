### Upkeep: a clock that leapt, and what could not be delivered or handled. Read by owners and staff.

clock-leapt = ⚠ サーバーの時計が進みました。前に見た時は{ $last }、今の時計は{ $now }です。古い記録を消すことを止めています。時計が正しいときは、24時間あとに、また始めます。正しくないときは、それまでに直してください。
left-over = 見てほしいものがあります。届けられなかったもの{ $letters }件、処理できなかった更新{ $updates }件です。グループの /deadletters で見ることができます。
left-over-letters = 届けられなかったものが{ $count }件あります。グループの /deadletters で見ることができます。
left-over-updates = 処理できなかった更新が{ $count }件あります。グループの /deadletters で見ることができます。
aside-head = 処理できなくて、分けて保管した更新：{ $count }件
aside-message = 番号{ $number }　{ $moment }　メッセージ
aside-tap = 番号{ $number }　{ $moment }　ボタン
aside-other = 番号{ $number }　{ $moment }　ほかの更新
aside-panicked = 理由：プログラムに悪いところがあり、何度も失敗しました
aside-crashed = 理由：処理しているときに、プログラムが何度も止まりました
