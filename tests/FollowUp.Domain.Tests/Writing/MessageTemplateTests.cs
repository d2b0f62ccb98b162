using CsCheck;
using Xunit;

namespace FollowUp.Writing;

public sealed class MessageTemplateTests
{
    private static readonly string[] CustomValues = ["booking_link", "offer"];

    private static readonly MergeFields Dana = new()
    {
        ContactName = "Dana Cruz",
        ContactPhone = "+13035550142",
        ContactEmail = "dana@example.com",
        ContactLanguage = "en",
        ContactCustom = new Dictionary<string, string> { ["pet"] = "Rex", ["empty"] = "" },
        BotName = "Acme sales",
        BotGoal = "book a visit",
        BusinessName = "Acme",
        UserName = "Sam",
        CustomValues = new Dictionary<string, string> { ["offer"] = "10 % off" },
    };

    private static readonly MergeFields Nobody = new();

    [Theory]
    [InlineData("Hi {{ contact.first_name | default: \"there\" }}, shall we keep your slot?", "Hi Dana, shall we keep your slot?")]
    [InlineData("{{contact.name}} / {{ contact.last_name }} / {{contact.phone}} / {{contact.email}} / {{contact.language}}", "Dana Cruz / Cruz / +13035550142 / dana@example.com / en")]
    [InlineData("{{bot.name}}, {{bot.goal}}, {{business.name}}, {{user.name}}, {{contact.custom.pet}}, {{custom_values.offer}}", "Acme sales, book a visit, Acme, Sam, Rex, 10 % off")]
    [InlineData("{{ contact.first_name | upcase }} {{ contact.first_name | downcase }} {{ bot.goal | capitalize | strip }}", "DANA dana Book a visit")]
    [InlineData("{{ bot.goal | truncate: 7 }} {{ bot.goal | truncate: 7, '…' }} {{ bot.goal | truncate: 40 }}", "book... book a… book a visit")]
    [InlineData("{{ contact.custom.none | default: 'my friend: hi, | there' }}", "my friend: hi, | there")]
    [InlineData("{{ contact.custom.none | default: \"it's you\" | upcase }}", "IT'S YOU")]
    [InlineData("{{ contact.custom.empty | default: \"\" | default: \"second\" }}", "second")]
    [InlineData("Line one\r\nline two", "Line one\nline two")]
    [InlineData("50 % { off } for {you}", "50 % { off } for {you}")]
    [InlineData("plain", "plain")]
    public void Fields_take_their_values(string template, string expected)
    {
        Assert.Empty(MessageTemplate.Check(template, CustomValues).Errors);
        Assert.Equal(expected, MessageTemplate.Render(template, Dana));
    }

    [Theory]
    [InlineData("Hi {{contact.first_name}}, shall we keep your slot?", "Hi, shall we keep your slot?")]
    [InlineData("Hi {{ contact.first_name }}!", "Hi!")]
    [InlineData("Hi {{contact.first_name}}", "Hi")]
    [InlineData("Hello, {{contact.first_name}}! Still there?", "Hello! Still there?")]
    [InlineData("Hello, {{contact.first_name}}, still there?", "Hello, still there?")]
    [InlineData("{{contact.first_name}}, shall we?", "Shall we?")]
    [InlineData("Thanks. {{contact.first_name}}, shall we?", "Thanks. Shall we?")]
    [InlineData("Hi\n{{contact.first_name}}, shall we?", "Hi\nShall we?")]
    [InlineData("Hi {{contact.first_name}},\nshall we?", "Hi,\nshall we?")]
    [InlineData("your {{contact.custom.pet}} visit", "your visit")]
    [InlineData("Hi {{contact.first_name}} {{contact.last_name}}, shall we?", "Hi, shall we?")]
    [InlineData("{{contact.first_name}} {{contact.last_name}}", "")]
    [InlineData("your dog ({{contact.custom.pet}}) is due", "your dog is due")]
    [InlineData("your dog \"{{contact.custom.pet}}\" is due", "your dog is due")]
    [InlineData("About {{contact.custom.pet}}'s visit", "About visit")]
    [InlineData("Bonjour {{contact.first_name}} !", "Bonjour !")]
    [InlineData("¡Hola {{contact.first_name}}! ¿Seguimos?", "¡Hola! ¿Seguimos?")]
    [InlineData("¡{{contact.first_name}}!", "")]
    [InlineData("Best, {{user.name}}", "Best")]
    [InlineData("See {{custom_values.booking_link}}: it is short.", "See: it is short.")]
    public void An_empty_value_tidies_the_words_around_it(string template, string expected) =>
        Assert.Equal(expected, MessageTemplate.Render(template, Nobody));

    [Fact]
    public void A_value_beside_a_gap_keeps_one_space()
    {
        Assert.Equal("Hi Dana, hello", MessageTemplate.Render("Hi {{contact.custom.none}} {{contact.first_name}}, hello", Dana));
        Assert.Equal("Hi Dana, hello", MessageTemplate.Render("Hi {{contact.first_name}} {{contact.custom.none}}, hello", Dana));
        Assert.Equal("(Dana)", MessageTemplate.Render("({{contact.custom.none}}{{contact.first_name}})", Dana));
    }

    [Theory]
    [InlineData("Hi {{ contact.nick }}", "contact.nick")]
    [InlineData("{{ contact.first_name }} {{ system_prompt }}", "system_prompt")]
    [InlineData("{{ custom_values.secret }}", "custom_values.secret")]
    [InlineData("{{ contact.custom. }}", "contact.custom.")]
    [InlineData("{{ contact.custom.a.b }}", "contact.custom.a.b")]
    [InlineData("{{ contact }}", "contact")]
    [InlineData("{{ Contact.First_Name }}", "Contact.First_Name")]
    [InlineData("{{ contact.first_name.length }}", "contact.first_name.length")]
    [InlineData("{{ contact['first_name'] }}", "contact['first_name']")]
    [InlineData("{{ 7*7 }}", "7*7")]
    [InlineData("{{ \"x\" }}", "\"x\"")]
    [InlineData("{{ }}", "not a field")]
    [InlineData("{{ contact.first_name | date: \"%Y\" }}", "date: \"%Y\"")]
    [InlineData("{{ contact.first_name | upcase: 1 }}", "upcase: 1")]
    [InlineData("{{ contact.first_name | default: contact.name }}", "default: contact.name")]
    [InlineData("{{ contact.first_name | default }}", "default")]
    [InlineData("{{ contact.first_name | default: \"a\" \"b\" }}", "default:")]
    [InlineData("{{ contact.first_name | truncate: 99999 }}", "truncate: 99999")]
    [InlineData("{{ contact.first_name | }}", "not a filter")]
    [InlineData("{{ contact.first_name | default: \"{x\" }}", "Braces")]
    [InlineData("{% for x in contact %}{{ contact.name }}{% endfor %}", "Tags")]
    [InlineData("{%", "{%")]
    [InlineData("Hi {{ contact.first_name", "{{")]
    [InlineData("Hi contact.first_name }}", "}}")]
    [InlineData("{{{ contact.first_name }}}", "Braces")]
    [InlineData("{{- contact.first_name -}}", "- contact.first_name -")]
    public void What_is_not_on_the_list_is_refused_by_name(string template, string named)
    {
        var error = Assert.Single(MessageTemplate.Check(template, CustomValues).Errors.Take(1));

        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_is_named() =>
        Assert.Equal(3, MessageTemplate.Check("{{ a.b }} {% if %} {{ c.d }} {{ a.b }}", CustomValues).Errors.Count);

    [Theory]
    [InlineData("{{system_prompt}}")]
    [InlineData("{{contact.phone}}")]
    [InlineData("${7*7}")]
    [InlineData("@(1+1)")]
    [InlineData("<%= %>")]
    [InlineData("{% raw %}")]
    public void A_value_is_printed_literally_and_never_read_as_a_template(string name) =>
        Assert.Equal($"Hi {name}, shall we?", MessageTemplate.Render("Hi {{contact.name}}, shall we?", Dana with { ContactName = name }));

    [Theory]
    [InlineData("Dana\r\nBcc: all", "Dana Bcc: all")]
    [InlineData("Da\u0000na\u001b[31m", "Da na [31m")]
    [InlineData("\u202eanaD\u202c", "anaD")]
    [InlineData("Da\u200bna\ufeff", "Dana")]
    [InlineData("  Dana\u00a0 \u3000Cruz ", "Dana Cruz")]
    [InlineData("👩‍👩‍👧 ❤️", "👩‍👩‍👧 ❤️")]
    [InlineData("\r\n", "there")]
    public void A_value_is_one_line_without_control_characters(string name, string expected) =>
        Assert.Equal($"Hi {expected}!", MessageTemplate.Render("Hi {{contact.name | default: 'there'}}!", Dana with { ContactName = name }));

    [Fact]
    public void Half_a_surrogate_is_dropped() =>
        Assert.Equal("Dana", MessageTemplate.Render("{{contact.name}}", Dana with { ContactName = "Da" + (char)0xD800 + "na" }));

    [Fact]
    public void A_removed_custom_value_leaves_a_gap() =>
        Assert.Equal("See you.", MessageTemplate.Render("See you {{custom_values.gone}}.", Dana));

    [Fact]
    public void The_result_is_bounded_and_cut_between_characters()
    {
        var many = string.Concat(Enumerable.Repeat("{{bot.goal}}", 340));
        var text = MessageTemplate.Render(many, Dana with { BotGoal = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 600)) });

        Assert.InRange(text.Length, MessageTemplate.MaximumLength - 8, MessageTemplate.MaximumLength);
        Assert.EndsWith("👩‍👩‍👧", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_taken_and_no_brace_of_a_template_reaches_a_contact()
    {
        var pieces = new[] { "{{", "}}", "{", "}", "%", "{%", "%}", " ", "contact.first_name", "contact.custom.none", "|", "default:", "\"", "'", ",", "!", "(", ")", "x", "\n", "a.b" };
        Gen.Int[0, pieces.Length - 1].Array[0, 14].Select(picks => string.Concat(picks.Select(pick => pieces[pick]))).Sample(
            template =>
            {
                var text = MessageTemplate.Render(template, Dana);
                return !Braces.Any(brace => text.Contains(brace, StringComparison.Ordinal)) && text == text.Trim();
            },
            iter: 100_000);
    }

    [Fact]
    public void Naughty_strings_print_as_names_and_never_throw_as_templates()
    {
        foreach (var naughty in Corpus.NaughtyStrings().Concat(Corpus.PromptAttacks()))
        {
            var asTemplate = MessageTemplate.Render(naughty, Dana);
            var asName = MessageTemplate.Render("Hi {{contact.name | default: 'x'}}!", Dana with { ContactName = naughty });

            Assert.DoesNotContain(Braces, brace => asTemplate.Contains(brace, StringComparison.Ordinal));
            Assert.DoesNotContain(asName, char.IsControl);
            Assert.StartsWith("Hi ", asName, StringComparison.Ordinal);
            Assert.InRange(asName.Length, 5, MessageTemplate.MaximumLength);
            _ = MessageTemplate.Check(naughty, CustomValues);
        }
    }

    private static readonly string[] Braces = ["{{", "}}", "{%", "%}"];
}
