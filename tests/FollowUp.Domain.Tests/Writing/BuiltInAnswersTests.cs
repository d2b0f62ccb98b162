using System.Globalization;
using NodaTime;
using Xunit;

namespace FollowUp.Writing;

public sealed class BuiltInAnswersTests
{
    private static readonly string[] Languages = ["en", "es", "fr", "de", "pt"];

    // Now: Tuesday, 24 November 2026, 08:30 on the contact's clock.
    private static readonly LocalDateTime Now = new(2026, 11, 24, 8, 30);

    private static LocalDateTime Local(string text) => LocalDateTime.FromDateTime(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("en", "2026-11-24 17:00", "All right, we will write today at 5 pm.")]
    [InlineData("en", "2026-11-25 09:00", "All right, we will write tomorrow at 9 am.")]
    [InlineData("en", "2026-11-27 12:00", "All right, we will write on Friday at noon.")]
    [InlineData("en", "2026-12-01 00:30", "All right, we will write on 1 December at 12:30 am.")]
    [InlineData("en", "2027-03-03 15:05", "All right, we will write on 3 March 2027 at 3:05 pm.")]
    [InlineData("es", "2026-11-25 09:00", "De acuerdo, te escribimos mañana a las 9:00.")]
    [InlineData("es", "2026-11-25 01:15", "De acuerdo, te escribimos mañana a la 1:15.")]
    [InlineData("es", "2026-11-28 17:30", "De acuerdo, te escribimos el sábado a las 17:30.")]
    [InlineData("es", "2027-03-03 09:00", "De acuerdo, te escribimos el 3 de marzo de 2027 a las 9:00.")]
    [InlineData("fr", "2026-11-25 09:00", "C'est noté, nous vous écrirons demain à 9 h.")]
    [InlineData("fr", "2026-11-26 17:30", "C'est noté, nous vous écrirons jeudi à 17 h 30.")]
    [InlineData("fr", "2026-12-01 09:00", "C'est noté, nous vous écrirons le 1er décembre à 9 h.")]
    [InlineData("de", "2026-11-24 17:00", "In Ordnung, wir schreiben Ihnen heute um 17:00 Uhr.")]
    [InlineData("de", "2026-11-29 09:00", "In Ordnung, wir schreiben Ihnen am Sonntag um 9:00 Uhr.")]
    [InlineData("de", "2027-03-03 09:00", "In Ordnung, wir schreiben Ihnen am 3. März 2027 um 9:00 Uhr.")]
    [InlineData("pt-BR", "2026-11-25 09:00", "Combinado, escrevemos para você amanhã às 9h.")]
    [InlineData("pt", "2026-11-28 01:00", "Combinado, escrevemos para você no sábado à 1h.")]
    [InlineData("pt", "2026-12-01 17:30", "Combinado, escrevemos para você em 1 de dezembro às 17h30.")]
    [InlineData("xx", "2026-11-25 09:00", "All right, we will write tomorrow at 9 am.")]
    public void A_requested_time_is_said_as_people_say_it(string language, string at, string expected) =>
        Assert.Equal(expected, BuiltInAnswers.AtYourTime(language, Local(at), Now));

    [Theory]
    [InlineData("en", "Acme", "This is Acme. Reply STOP to stop.")]
    [InlineData("en", null, "Reply STOP to stop these messages.")]
    [InlineData("es", "Acme", "Somos Acme. Responde STOP para no recibir más mensajes.")]
    [InlineData("fr", "Acme", "Ici Acme. Répondez STOP pour ne plus recevoir de messages.")]
    [InlineData("de", "Acme", "Hier ist Acme. Antworten Sie STOP, um keine Nachrichten mehr zu erhalten.")]
    [InlineData("pt", "Acme", "Aqui é Acme. Responda STOP para não receber mais mensagens.")]
    [InlineData(null, "  ", "Reply STOP to stop these messages.")]
    public void A_new_channel_says_who_writes_and_how_to_stop(string? language, string? business, string expected) =>
        Assert.Equal(expected, BuiltInAnswers.Disclosure(language, business));

    [Fact]
    public void Every_language_has_every_answer()
    {
        foreach (var language in Languages)
        {
            string[] texts =
            [
                BuiltInAnswers.Thanks(language, "m-1"), BuiltInAnswers.Thanks(language, "m-2"), BuiltInAnswers.NoHurry(language, "m-1"),
                BuiltInAnswers.OptedOut(language, "Acme"), BuiltInAnswers.OptedOut(language, null), BuiltInAnswers.Disclosure(language, "Acme"),
            ];

            Assert.All(texts, text => Assert.Null(TextGuard.Refusal(text, new TextRules { MaximumLength = 160 })));
            Assert.All(texts[3..5], text => Assert.Contains("START", text, StringComparison.Ordinal));
            Assert.Equal(1, texts[0].Count(c => c == '?'));
        }
    }
}
