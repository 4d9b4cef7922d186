### Help lines. Numbers, hours and costs are the same in every language; a test compares them.

crisis-emergency =
    If anyone is in danger, please call now.
    - Fire or ambulance: 119 (24 hours, free)
    - Police: 110 (24 hours, free)
    I cannot make an emergency call for you.
crisis-despair =
    If a life is in danger right now, please call 119 (ambulance) or 110 (police): 24 hours, free.
    There are people you can talk to.
    - Yorisoi Hotline (よりそいホットライン) 0120-279-338 (24 hours, free, several languages)
    - Inochi no Denwa (いのちの電話) 0120-783-556 (16:00 to 21:00; on the 10th of each month for 24 hours from 8:00; free)
    - Mental health line (こころの健康相談統一ダイヤル) 0570-064-556 (call charges apply)
    Other lines: https://www.mhlw.go.jp/mamorouyokokoro/
    Numbers and hours are from notices by Akiruno City (March 2023) and others.
crisis-violence =
    If you are in danger right now, please call 110 (police): 24 hours, free.
    There are people you can talk to about violence or stalking.
    - DV Consultation Plus (DV相談プラス) 0120-279-889 (24 hours, free, also by chat and email, several languages)
    - DV Consultation Navi (DV相談ナビ) #8008 (connects you to the nearest centre during its opening hours; call charges apply)
    - Police advice line #9110 (when it is not urgent)
    Numbers and hours are from the Government Public Relations site and others (undated, read in 2026).
crisis-child =
    If a child is in danger right now, please call 110 (police) or 119 (ambulance): 24 hours, free.
    - Child abuse helpline: 189 (24 hours, free)
    Numbers and hours are from a notice by Miyagi Prefecture (2020).
care-emergency = If anyone is in danger right now, please call 119 (ambulance) or 110 (police).
care-despair = If things are too much right now, you can talk to someone at the Yorisoi Hotline, 0120-279-338 (24 hours, free). If a life is in danger, call 119 or 110.
care-violence = If someone is hurting you, you can talk to DV Consultation Plus, 0120-279-889 (24 hours, free). If you are in danger right now, call 110.
care-child = If you are worried about a child, you can call 189 (24 hours, free). If there is danger right now, call 110 or 119.
crisis-wish =
    I have also noted that you would like to talk to our staff. They are at the desk on weekdays from 8:30 to 17:15 (Japan time), except public holidays and 29 December to 3 January. They are not an emergency service, and I cannot promise when you will hear from them.
crisis-told = I have also told our staff, as urgent. They are there on weekdays 8:30–17:15 Japan time, except public holidays and 29 December to 3 January. If it is urgent, please use the contacts above.
