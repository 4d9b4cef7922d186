### Taking part in events: what a mover is asked and told, and what staff read.

## Asking to take part

button-apply = 申し込む
button-apply-change = 申し込みを変える
button-apply-withdraw = 申し込みを取り消す
button-apply-cancel = 取り消す
button-apply-keep = そのままにする
button-apply-submit = この内容で申し込む
button-apply-stop = やめる
button-apply-again = 書き直す
button-apply-nothing = ありません
event-sign-up-chat = このチャットから
apply-why =
    「{ $title }」に申し込みます。
    当日お呼びするお名前、人数など、受け付けに必要なことだけをお聞きします。見るのは担当者だけで、受け付けのためだけに使い、ボットの記録は行事の30日後に消します。電話番号は要りません。連絡はこのチャットでします。
apply-why-full = 今は満員です。申し込むと、キャンセル待ちになります。
apply-goes-on = 申し込みの続きです。
apply-name = （{ $step }/{ $steps }）当日お呼びするお名前を書いてください。ニックネームでもかまいません。
apply-people = （{ $step }/{ $steps }）何人で参加しますか。下から選ぶか、数を書いてください。
apply-people-choice = { $people }人
apply-people-unclear = 参加される方全員の人数を、1から{ $most }までの数字で書いてください。それより多いときは、担当者にご相談ください。
apply-day = （{ $step }/{ $steps }）参加する日を選んでください。
apply-day-more = ほかの日は「3月20日」のように書いてください。
apply-day-full = { $day }（満員）
apply-day-waits = { $day }は満員です。申し込むと、キャンセル待ちになります。
apply-note = （{ $step }/{ $steps }）担当者に伝えておきたいことがあれば、{ $most }字までで書いてください。
apply-note-long = { $most }字までで書いてください。
apply-check = この内容で申し込みますか。まだ送っていません。
apply-fact-name = 名前：{ $name }
apply-fact-people = 人数：{ $people }人
apply-fact-day = 希望日：{ $day }
apply-fact-note = メモ：{ $note }
apply-received = 申し込みを受け付けました。まだ確定していません。担当者が確認して、ここでお知らせします。
apply-received-full = 申し込みを受け付けました。今は満員です。空きがあれば、ここでお知らせします。
apply-stopped = 申し込むのをやめました。書いた内容は消しました。
apply-forgotten = 書きかけの申し込みは、もうありません。初めからお願いします。
apply-not-here = この行事の申し込みは、ここでは受け付けていません。
apply-cancelled = この行事は中止になったため、申し込めません。
apply-late = 申し込みは{ $moment }に締め切りました。
apply-begun = この行事はもう始まったか、終わっています。申し込めません。
apply-with-person = 今は担当者とお話し中です。申し込みたいことを、このまま担当者にお書きください。
apply-already = 申し込みはもう確定しています。変えるときは、一度取り消してから申し込んでください。
apply-withdraw-ask = 「{ $title }」の申し込みを取り消しますか。
apply-withdrawn = 「{ $title }」の申し込みを取り消しました。担当者にも伝えました。
apply-nothing-there = 取り消す申し込みはありません。
apply-is-asked = お申し込み：{ $people }人、まだ確定していません。
apply-is-confirmed = お申し込み：{ $people }人で確定しています。
apply-is-waiting = お申し込み：{ $people }人、キャンセル待ちです。
apply-is-asked-on = お申し込み：{ $people }人（{ $day }）、まだ確定していません。
apply-is-confirmed-on = お申し込み：{ $people }人（{ $day }）で確定しています。
apply-is-waiting-on = お申し込み：{ $people }人（{ $day }）、キャンセル待ちです。
apply-is-declined = お申し込みは、お受けできませんでした。
apply-confirmed = 「{ $title }」の申し込みが確定しました。お待ちしています。
apply-waiting = 「{ $title }」は満員のため、キャンセル待ちになりました。空きがあれば、ここでお知らせします。
apply-declined = 申し訳ありません。「{ $title }」の申し込みは、お受けできませんでした。理由は、担当者にお尋ねください。
apply-revoked = 申し訳ありません。確定していた「{ $title }」のご参加を、お受けできなくなりました。理由は、担当者にお尋ねください。

## What staff read

sign-up-new = 新しい申し込みです
sign-up-changed = 申し込みの内容が変わりました
sign-up-next = 空きに入れる、キャンセル待ちの最初の方です
sign-up-withdrew = 申し込みが取り消されました
sign-up-event = 行事：{ $title }
sign-up-language = 言語：{ $language }
sign-up-places = 確定：{ $taken } / 定員{ $capacity }人
sign-up-taken = 確定：{ $taken }人（定員なし）
sign-up-places-on = { $day } { $places }
sign-up-state = 状態：{ $state }
sign-up-state-by = 状態：{ $state }（{ $name }さん）
state-asked = 未決
state-confirmed = 確定
state-waiting = キャンセル待ち
state-declined = お断り
state-withdrawn = 取り消し
sign-up-did-confirm = 確定しました。
sign-up-did-wait = キャンセル待ちにしました。
sign-up-did-decline = お断りしました。
sign-up-full = 満員です。定員{ $capacity }人のうち{ $taken }人が確定していて、この申し込みは{ $people }人です。
sign-up-unknown = この申し込みは、内容が変わったか、もうありません。新しい連絡を見てください。
sign-up-is-withdrawn = この申し込みは、本人が取り消しました。
sign-up-is-confirmed = この申し込みは、もう確定しています。
sign-up-same = すでにその状態です。
sign-up-no-event = この行事は、もう予定にありません。
sign-up-past = この行事は中止になったか、終わっています。
sign-up-not-that-day = 希望日が、今の日程にありません。本人に確かめてください。
sign-up-named = { $name }さん（{ $people }人）
sign-up-named-separator = {"、"}
sign-up-days-gone = 「{ $title }」の日程が変わり、選んだ日がなくなった申し込みがあります：{ $names }
sign-up-list = 申し込みのある、これからの行事
sign-up-list-none = 申し込みのある、これからの行事はありません。
sign-up-list-line = { $day } { $title }（確定{ $taken }人、未決{ $open }件）
sign-up-waits = キャンセル待ち：{ $count }件（{ $people }人）
sign-up-open = 未決：{ $count }件（{ $people }人）
sign-up-line = ・{ $name }（{ $people }人）
sign-up-line-more = ・ほか{ $count }件
sign-up-table = { $title }：申し込みの一覧。個人の情報です。用が済んだら消してください。
desk-button-sign-up-confirm = 確定する
desk-button-sign-up-wait = キャンセル待ちにする
desk-button-sign-up-decline = お断りする
desk-button-sign-up-table = CSVで受け取る
desk-button-sign-up-list = 一覧に戻る
desk-button-sign-up-card = { $name }（{ $people }人）を見る
command-signups = 行事の申し込みを見る

## The table

table-state = 状態
table-asked = 申込日時
table-name = 名前
table-people = 人数
table-day = 希望日
table-note = メモ
table-language = 言語
