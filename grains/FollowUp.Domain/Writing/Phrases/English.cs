using NodaTime;

namespace FollowUp.Writing.Phrases;

internal static class English
{
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static Phrasebook Book { get; } = new()
    {
        // Straight quotes are in the SMS alphabet (GSM 7-bit): a curly one would halve the room of a part.
        Quotes = ("\"", "\""),
        Openings = ["Hi {name}! ", "Hello {name}! ", "Hello again {name}! ", "Hi {name}, this is {business}. ", "Hi! ", "Hello! ", "Hello again! ", "Hi, this is {business}. ", ""],
        StoppedResponding =
        [
            ["You wrote {topic}. Shall we pick up from there?", "About your message {topic}: is there anything else you would like to know?", "Is there anything else you would like to know?", "Are you still there?"],
            ["Coming back to {topic}: is this still open for you?", "Your last message was {topic}. What would help you to decide?", "What would help you most right now?", "Was anything unclear so far?"],
            ["We stopped at {topic}. Would another time suit you better?", "Would another time suit you better?", "Shall we go on where we stopped?"],
            ["Is {topic} still on your mind?", "Is this still of interest to you?", "Has anything changed on your side?"],
            ["Shall we leave {topic} for now, or is it still open?", "Shall we leave it here for now, or is something still open?", "Would you rather leave this for another day?"],
        ],
        Busy =
        [
            ["You wrote {topic}. Is now a better moment?", "You were busy earlier. Is now a better moment?", "Do you have a minute now?"],
            ["Do you have some time by now?", "What would be a good moment for you?"],
        ],
        Requested =
        [
            ["You wrote {topic}. Is now a good time?", "You asked to hear from us. Is now a good time?", "Here we are, as you asked. Shall we go on?"],
            ["Did you have a chance to read the last message?", "Is there a better time to talk about this?"],
        ],
        Thanks = ["Thanks for your message. What would help you most?", "Thank you, your message has arrived. Is there anything else we should know?"],
        NoHurry = ["All right, there is no hurry.", "Understood, take your time."],
        HandedOver = "All right, a colleague will answer you here.",
        AtYourTime = "All right, we will write {when}.",
        OptedOut = "You will get no more messages from us. Reply START to undo this.",
        OptedOutOfBusiness = "You will get no more messages from {business}. Reply START to undo this.",
        Disclosure = "Reply STOP to stop these messages.",
        DisclosureOfBusiness = "This is {business}. Reply STOP to stop.",
        When = (at, now) => $"{Phrasebook.Day(at, now, "today", "tomorrow", $"on {at.DayOfWeek}", $"on {at.Day} {Months[at.Month - 1]}{Phrasebook.Year(at, now, " ")}")} at {Time(at)}",
    };

    private static string Time(LocalDateTime at)
    {
        if (at is { Hour: 12, Minute: 0 })
        {
            return "noon";
        }

        var minutes = at.Minute == 0 ? "" : $":{at.Minute:00}";
        return $"{at.ClockHourOfHalfDay}{minutes} {(at.Hour < 12 ? "am" : "pm")}";
    }
}
