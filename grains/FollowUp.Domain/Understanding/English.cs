namespace FollowUp.Understanding;

/// <summary>English.</summary>
internal static class English
{
    public static Language Language { get; } = new()
    {
        Code = "en",
        Telling = ["the", "i", "im", "you", "me", "my", "is", "are", "to", "and", "of", "it", "at", "for", "on", "in", "can", "call", "text", "please", "tomorrow", "not", "do", "dont", "with", "this", "that", "have", "be", "will", "what", "when", "how", "hi", "hey", "thanks", "later", "busy", "driving", "stop", "now", "we", "your", "yes", "no", "ok", "am", "was", "if", "but", "or", "so", "up", "about", "there", "sorry", "message", "talk", "next", "today", "right"],
        Short = new()
        {
            ["u"] = "you", ["ur"] = "your", ["r"] = "are", ["tmrw"] = "tomorrow", ["tmr"] = "tomorrow", ["tmw"] = "tomorrow", ["tom"] = "tomorrow", ["tomo"] = "tomorrow", ["2moro"] = "tomorrow", ["2morrow"] = "tomorrow", ["2mrw"] = "tomorrow", ["tomorow"] = "tomorrow", ["tommorow"] = "tomorrow", ["tommorrow"] = "tomorrow",
            ["tonite"] = "tonight", ["2nite"] = "tonight", ["2night"] = "tonight", ["2day"] = "today", ["pls"] = "please", ["plz"] = "please", ["plss"] = "please", ["msg"] = "message", ["txt"] = "text", ["min"] = "minutes", ["mins"] = "minutes", ["minute"] = "minutes", ["hr"] = "hours", ["hrs"] = "hours", ["hour"] = "hours", ["b4"] = "before", ["til"] = "until", ["till"] = "until", ["rn"] = "right now", ["atm"] = "at the moment", ["thx"] = "thanks", ["ty"] = "thanks", ["thnx"] = "thanks", ["tks"] = "thanks", ["nxt"] = "next", ["wknd"] = "weekend", ["mtg"] = "meeting", ["appt"] = "appointment", ["dont"] = "dont", ["gimme"] = "give me", ["lemme"] = "let me", ["wanna"] = "want to", ["hmu"] = "hit me up", ["mornin"] = "morning", ["mornings"] = "morning", ["eve"] = "evening", ["arvo"] = "afternoon", ["lets"] = "lets", ["cuz"] = "because", ["k"] = "ok", ["okay"] = "ok", ["xmas"] = "christmas", ["bc"] = "because", ["abt"] = "about", ["ahold"] = "hold", ["cannot"] = "cant", ["ringing"] = "calling", ["mo"] = "month", ["wk"] = "week", ["wks"] = "weeks", ["noon"] = "noon", ["inna"] = "in a", ["gtg"] = "got to go", ["g2g"] = "got to go", ["brb"] = "be right back", ["ttyl"] = "talk later", ["ttys"] = "talk later", ["unsub"] = "unsubscribe", ["unsubcribe"] = "unsubscribe", ["unsuscribe"] = "unsubscribe",
        },
        Numbers = new()
        {
            ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["fifteen"] = 15, ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["sixty"] = 60, ["ninety"] = 90,
        },
        Weekdays = new()
        {
            ["monday"] = 1, ["mon"] = 1, ["tuesday"] = 2, ["tues"] = 2, ["tue"] = 2, ["wednesday"] = 3, ["weds"] = 3, ["wed"] = 3, ["thursday"] = 4, ["thurs"] = 4, ["thur"] = 4, ["thu"] = 4, ["friday"] = 5, ["fri"] = 5, ["saturday"] = 6, ["sat"] = 6, ["sunday"] = 7, ["sun"] = 7,
        },
        Months = new()
        {
            ["january"] = 1, ["jan"] = 1, ["february"] = 2, ["feb"] = 2, ["march"] = 3, ["april"] = 4, ["apr"] = 4, ["may"] = 5, ["june"] = 6, ["jun"] = 6, ["july"] = 7, ["jul"] = 7, ["august"] = 8, ["aug"] = 8, ["september"] = 9, ["sept"] = 9, ["sep"] = 9, ["october"] = 10, ["oct"] = 10, ["november"] = 11, ["nov"] = 11, ["december"] = 12, ["dec"] = 12,
        },
        RelativeDays = [(new("the? day after tomorrow"), 2), (new("after tomorrow"), 2), (new("tomorrow"), 1), (new("today"), 0)],
        Parts =
        [
            (new("before work"), 480, Half.Am), (new("early morning"), 480, Half.Am), (new("after breakfast"), 570, Half.Am), (new("late morning"), 660, Half.Am), (new("later this morning"), 660, Half.Am), (new("before lunch"), 690, Half.None), (new("before noon"), 660, Half.None),
            (new("early afternoon"), 780, Half.Pm), (new("after lunch"), 810, Half.Pm), (new("mid afternoon"), 900, Half.Pm), (new("midafternoon"), 900, Half.Pm), (new("after school"), 930, Half.Pm), (new("late afternoon"), 990, Half.Pm), (new("later this afternoon"), 990, Half.Pm), (new("later in the afternoon"), 990, Half.Pm),
            (new("early evening"), 1020, Half.Pm), (new("end of the? day|business"), 1020, Half.Pm), (new("eod|cob"), 1020, Half.Pm), (new("close of business"), 1020, Half.Pm), (new("after work"), 1050, Half.Pm), (new("after office hours"), 1050, Half.Pm), (new("get|im|am off work"), 1050, Half.Pm), (new("after dinner"), 1170, Half.Pm),
            (new("late tonight|evening"), 1260, Half.Pm), (new("later tonight"), 1260, Half.Pm), (new("later this evening"), 1260, Half.Pm), (new("tonight"), -1140, Half.Pm), (new("this morning"), -540, Half.Am), (new("this afternoon"), -840, Half.Pm), (new("this evening"), -1080, Half.Pm),
            (new("first thing in the morning"), 540, Half.Am), (new("first thing"), 540, Half.Am), (new("morning"), 540, Half.Am), (new("noon|midday|lunchtime|lunch"), 720, Half.None), (new("afternoon"), 840, Half.Pm), (new("evening"), 1080, Half.Pm), (new("midnight"), 0, Half.None), (new("night"), 1140, Half.Pm), (new("early"), 480, Half.Am),
        ],
        NamedDays =
        [
            (new("week after next"), Named.WeekAfterNext), (new("mid|middle of? next week"), Named.MidNextWeek), (new("late|later|end of? next week"), Named.EndOfNextWeek), (new("next week"), Named.NextWeek), (new("end of the|this week"), Named.EndOfWeek), (new("late|later this|in week|the week?"), Named.LaterThisWeek),
            (new("after the weekend"), Named.AfterWeekend), (new("next weekend"), Named.NextWeekend), (new("weekend"), Named.Weekend), (new("end of the|this? month"), Named.EndOfMonth), (new("month end|eom"), Named.EndOfMonth), (new("eom"), Named.EndOfMonth), (new("middle of the month"), Named.MidMonth), (new("next month"), Named.NextMonth),
            (new("next year"), Named.NextYear), (new("in the new year"), Named.NextYear), (new("after new year|years"), Named.NextYear), (new("after the holidays"), Named.AfterHolidays), (new("next quarter"), Named.NextQuarter), (new("new year|years day"), Named.NewYearsDay), (new("valentines|valentine day?"), Named.Valentine), (new("halloween"), Named.Halloween), (new("christmas"), Named.Christmas),
            (new("in the? spring"), Named.Spring), (new("in the? summer"), Named.Summer), (new("after the summer"), Named.Autumn), (new("in the? fall|autumn"), Named.Autumn), (new("in the? winter"), Named.Winter), (new("fortnight"), Named.Fortnight),
        ],
        Units = new() { ["minutes"] = Unit.Minute, ["hours"] = Unit.Hour, ["day"] = Unit.Day, ["days"] = Unit.Day, ["week"] = Unit.Week, ["weeks"] = Unit.Week, ["month"] = Unit.Month, ["months"] = Unit.Month, ["year"] = Unit.Year, ["years"] = Unit.Year, ["h"] = Unit.Hour, ["m"] = Unit.Minute },
        Counts = [(new("half an|a?"), 0.5), (new("quarter of an"), 0.25), (new("a couple|few? of?"), 2), (new("couple of?"), 2), (new("few"), 3), (new("several"), 4), (new("the next|other"), 1), (new("an|a"), 1), (new("like a"), 1)],
        In = ["in", "within", "give", "gimme"],
        At = ["at", "around", "about", "by", "before", "after", "past", "until", "from", "between", "@", "like", "to", "say", "approx", "off", "either", "for"],
        After = ["after", "past", "from"],
        Before = ["before"],
        By = ["by"],
        Until = ["until"],
        Next = ["next"],
        Not = ["not", "cant", "no", "except", "but"],
        Glue = ["at", "on", "in", "the", "around", "about", "of", "say", ",", "after", "before", "by", "until", "from", "past", "between", "or", "ok", "like", "-", "for", "not", "is", "anytime", "any", "time", "this"],
        Am = ["am", "a"],
        Pm = ["pm", "p"],
        OClock = ["oclock", "ish", "sharp"],
        HalfPast = ["half"],
        Correction = Pattern.List("wait no|not?\nsorry i mean|meant\ni meant\nno wait\nactually"),
        OptOut = Pattern.List("""
            stop|quit texting|messaging|contacting|calling|sending|bothering|emailing|spamming|harassing|writing
            stop to? text|message|contact|send|bother me|us|these|this|it
            stop with? these|the|this|your|all messages|texts|message|text|spam|sms
            dude|pls|please|enough|so|just !? !? stop $
            ^ stop|stopp please|pls|now|it|this $
            stop all
            what part of stop
            dont|do|never not? ever? text|message|contact|call|msg|write|bother me|us|again|anymore|this|further
            dont|do not? ever? text|message|contact|call|write to? me|us|again|anymore
            do not call|text|contact|message|email
            dont write again
            never contact|text|message|call me
            no more texts|messages|sms|text|message|marketing|spam|emails
            not text|contact|message me|us again|anymore|further
            remove|delete|take|get|drop|erase me|my|this|us off|from|number|info|out|data|contact|details
            take it|this|me|us off
            get me off
            lose|delete|forget|erase my|this number|contact|info
            unsubscribe me|this|us|please
            how .. unsubscribe
            wish|want|like|need to? opt out
            how .. opt out
            opt me out
            opt out please|of
            i? no longer consent
            dont|do not? want|wanna to? receive|get these|this|any|your|more|them
            dont|do not? want your|these|any|more messages|texts|message|more
            leave me|us the? .. alone
            go away
            get lost
            fuck|piss|bugger off
            scram
            buzz off
            go bother
            blocking you
            block your number
            text|message|contact|call me again and|or i
            cancel these|all|my texts|messages|text
            i never signed up
            off your|the|this list
            please unsubscribe
            pls|so stop $
            wrong number stop
            """),
        OptOutOfAll = Pattern.List("""
            stop all
            never contact
            do not contact
            dont contact
            not contact us|me further
            remove me from everything|all
            delete my info|data
            all channels
            """),
        NotOptOut = Pattern.List("""
            stop by
            dont|not .. until|till
            non stop
            dont stop
            wont stop
            stop my|the|our subscription|service|order|membership|plan
            cancel my
            does stop
            is stop
            by mistake
            had opted out
            i unsubscribed
            wont stop
            stopped
            """),
        Request = Pattern.List("""
            call|text|txt|message|msg|ring|phone|email|ping|buzz|dial|contact|reach|hit|remind|poke|nudge|catch|try|tell|show|ask|chase|write|holler|whatsapp|dm|facetime me|us
            call|text|message|ring|phone|email|ping|buzz|remind my cell|phone|mobile|back
            give|drop|shoot|send me|us a|an ring|call|shout|text|message|buzz|email|line|note|bell
            hit me up
            hit my line
            follow up
            touch base
            check back|in
            reach out
            circle back
            get back to me|us
            get in touch
            get hold of me
            back to me
            reach me
            resend|send me|us|it|that|this|over|the
            send it|that|the .. over?
            pick this|it up
            revisit
            lets|can|could|should|may we? talk|speak|chat|connect|call
            lets talk|chat|speak|connect|do
            we talk|speak|chat|connect
            to talk|chat|speak|connect|reach
            for a? call|chat|phone
            a call|chat $
            video call
            phone call
            schedule a call
            have a chat|call
            i|ill can|could talk|chat|speak|do a call
            you can|could|may call|text|message|reach
            call|text|ring|phone|message|ping after|before|at|in|on|around|again|later|tomorrow|tonight|whenever|between|next|this|when|monday|tuesday|wednesday|thursday|friday|saturday|sunday
            ring|call|text back
            please call|text|ring|message
            try|ask again|another|the|back|then|tonight|tomorrow
            message|text|call $
            trying me
            ^ speak|talk|chat
            """),
        NotRequest = Pattern.List("""
            you|they|he|she|u called|texted|messaged|emailed|rang|said|told|asked|reminded
            did|didnt|have you|u .. call|text|message|get
            you never
            i asked you
            he|she|they said
            if you had
            no|dont|not need|have|to .. call|text|remind|reminder|contact
            call|text|ring|message .. asap|now
            you dont need
            will i get
            when|are are|you you|going going|to .. call|ring|text
            would it kill
            will call|text|message you
            my sister|brother|wife|husband|mom|dad|boss|friend|son|daughter will
            thanks for
            dont call
            reminding me
            i might call
            can you pick
            """),
        Now = Pattern.List("call|text|ring|message me|us? asap|now|please|pls|$\ncan|could someone|you call|text me?\ncall me? now|asap|right\n"),
        Deferral = Pattern.List("""
            is|are|would|works|be|sounds|s better|best|good|fine|perfect|great|ok|easier|ideal|suit|work
            works for me
            works
            rather
            prefer
            instead
            free|available|around after|at|on|tomorrow|tonight|this|from|later|in|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|all
            ill|i be? free|available|around
            ill have time
            not now|yet|right|tonight|today|tomorrow|until|before
            can it wait
            maybe
            leave it|this until
            dont text|message|call|contact me? until
            not until
            wait until
            another|other time|day
            some|any other|another time|day
            what about
            how about
            off work
            im|i am|are? up
            pls|please $
            lets do
            ill have an answer
            tomorrow|monday|tuesday|wednesday|thursday|friday nalang
            """),
        Vague = Pattern.List("""
            later
            soon
            sometime
            some day|other|time|point
            someday
            another|other time|day
            some other time
            get a chance
            in a bit|while|little|sec|moment
            in a little while
            when|once|whenever i|im|you|things|its|we|the|my
            after my|the|i
            down the line|road
            at some point
            eventually
            in a few
            shortly
            """),
        Promise = Pattern.List("""
            i|ill|will|let ill? call|text|message|get|ring|let|reach|be|write|contact|email|ping|hit you|back|out|know|u
            ill get back
            let me call|text|get you|back
            ill|will reach out
            ill let you know
            call|text you back|later|when
            ^ call you
            will check messages
            get back to you
            ^ talk later
            ill|we|well talk later
            ^ ill text|call
            """),
        Busy = Pattern.List("""
            im|i|am|me .. driving
            ^ driving
            currently|still driving
            in|at|on a|an|the|my|another? .. meeting|class|lecture|call|interview|exam|training|shower|bath|gym|library|movie|movies|cinema|theater|church|court|hospital|er|doctor|doctors|dentist|traffic|flight|plane|train|bus|line|queue|wake|funeral|wedding|dinner|lunch|party|restaurant|road|appointment|session|conference|shift|concert|game|recital|school|office|work|store|mall|bank|airport|break|zoom|practice|hold
            at|with my|the|a? work|gym|boss|customer|client|patient|family|dentist|doctors?|library|movies|kids|friends
            at dinner|lunch|work
            with my|a|the|some customer|client|boss|family|kids|patient|friends|people
            cant|cannot|wont|unable to? talk|chat|text|type|speak|answer|pick|right|now|be|reply|respond|really
            cant|can not? talk
            cant pick|type|text|chat
            haircut right now
            cant be on
            busy
            swamped|slammed|hectic|occupied|buried
            under water
            tied up
            ^ not now
            bad|not|isnt|terrible a? good|great|time|moment
            hold|hang up|on|tight
            be right back
            got|gotta|have|need|has to|run go|run|dash|bounce
            gotta run|go|dash
            give me a|one|just? sec|second|minutes|moment|bit
            one|just|a a|one? sec|second|moment|minutes
            one sec|moment|second
            back in
            right now
            at the moment
            asleep|sleeping|napping
            going to? bed|sleep
            about to go|board|start
            boarding|cooking|teaching|eating|working|commuting|walking|running|traveling|travelling|operating|doing|feeding|putting|bathing|changing|studying|shopping|cleaning|recording|performing|flying
            phone .. dying|dead|battery
            battery .. low|dying|dead
            bad|no|poor|dodgy signal|service|reception
            sick|ill|unwell|migraine
            haircut
            running late
            on vacation|holiday|leave|duty
            vacation mode
            on my way
            not available
            in training
            in the middle
            middle of
            """),
        NotBusy = Pattern.List("""
            was|were driving|busy|in|at|travelling|traveling|asleep|working|sick|on
            not|isnt|never busy|driving|anymore
            are|r you|u guys? busy
            he|hes|she|shes|they|theyre|husband|wife|mom|dad|son|daughter is|s|in|at|driving|asleep
            my wife|husband|mom|dad|boss|son|daughter|brother|sister is
            hes|shes|theyre driving|busy|in|at
            busy tomorrow|on|next|later
            always|usually|often busy
            i work|drive nights|weekends|days|a|at|for|there
            driving lessons|license|school|test
            meeting room
            just finished
            not anymore
            i was
            working properly
            isnt|stopped|not working
            interested right
            password
            will call you
            can you pick
            please call
            """),
        Hold = Pattern.List("give me|us\ngive it|you\nlet me .. first\nneed|want another?\ntalk|back in"),
        InPerson = Pattern.List("""
            oil change
            haircut
            massage
            appointment
            come in
            stop by
            deliver
            delivery
            pick up
            be there
            open house
            meet
            table for
            inspection
            reservation
            book club
            slot
            cleaning
            at the store
            need it done
            deadline
            party is
            see you
            payment
            due
            """),
        AutoReply = Pattern.List("""
            automatic|auto reply|response|message
            autoreply
            auto-reply
            out of office
            out of the office
            sent by android auto
            driving mode
            i am driving . sent
            driving with do not disturb
            will return on
            currently away from
            limited access to
            away from my desk|email|phone
            """),
        Hostile = Pattern.List("fuck you\nscrew you\nidiot|idiots|moron|morons\nyou suck\nscam|scammer|scammers\nasshole|assholes\nreport you\nsue you\nshut up"),
        NotInterested = Pattern.List("not interested\nno interest\nno thanks|thank|thx\nnot for me\nnot looking|buying|anymore\nchanged my mind\nno longer interested|need|looking\ndont need it|this|one|your|anything\nill pass\nwent with someone|another|a\nfound someone|another|something\nnot going to|ahead"),
        Disqualified = Pattern.List("wrong number|person\nnot the right|a person|homeowner|owner\ni dont own|have a|an|my\ni rent\ndont live in|there\nout of your|my budget|area|range\nmoved away\ntoo expensive\ncant afford\nno budget\nunder 18|age"),
        WantsHuman = Pattern.List("talk|speak|chat to|with a|an|someone|somebody|the|your real? person|human|agent|someone|representative|manager|rep|operator|advisor|real|somebody|owner\nreal|actual|live person|human|agent\nis this|are you a|an? bot|robot|ai|machine|real\nhuman please\nget|give me a|an human|person|agent|manager|rep\nspeak to someone\nconnect me"),
        GoalReached = Pattern.List("i|we|ive|weve already? booked|paid|ordered|purchased|bought|signed|scheduled|registered\nalready booked|paid|ordered|bought|purchased|signed|scheduled\njust booked|paid|ordered|bought|purchased|signed|scheduled\npayment sent|done|made"),
        Closing = Pattern.List("^ ok|great|cool|perfect|alright|awesome|super|good|sure ,? thanks|cheers|great|cool|perfect $\n^ ok|great|cool|perfect|alright ,? thank you $\n^ thanks|cheers $\n^ thank you $\n^ thanks|thank you? so|very|a much|lot\nbye\ngoodbye\nhave a good|great|nice\ntake care\nall good\nthats all|it\nno worries\nappreciate it\ngood night\nsee you|ya later?"),
    };
}
