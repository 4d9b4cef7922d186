### The menu and its topics.

menu-title = Which topic would you like to look at?
menu-topic = { $name }{ $pages ->
        [1] {""}
       *[other] {" "}({ $page } of { $pages })
    }

topic-subsidy = Grants
topic-vacant-home = Vacant homes
topic-housing = Housing
topic-farming = Farming
topic-childcare = Childcare
topic-education = Education
topic-medical = Health
topic-work = Work
topic-transport = Transport
topic-event = Events
topic-community = Community
topic-daily-life = Daily life
topic-safety = Safety
topic-tourism = Tourism
topic-contact = Contacts
topic-plan = City plans and figures
topic-digital = Internet
topic-welfare = Welfare
topic-other-municipality = Other cities
