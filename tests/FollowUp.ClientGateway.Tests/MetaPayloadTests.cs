using System.Text;
using FollowUp.Conversations;
using FollowUp.Webhooks.Meta;
using Xunit;

namespace FollowUp.ClientGateway;

/// <summary>Webhooks as Meta's pages show them, taken apart.</summary>
public sealed class MetaPayloadTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_760_000_000_000);

    [Fact]
    public void A_message_names_its_account_contact_id_time_and_text()
    {
        var message = Assert.IsType<MetaEvent.Message>(Messaging("""{"sender":{"id":"PSID"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"message":{"mid":"m_abc","text":"call me tomorrow at 3","quick_reply":{"payload":"LATER"},"reply_to":{"mid":"m_prev"}}}"""));
        Assert.Equal(("PAGE", "PSID", "m_abc", "call me tomorrow at 3", At), (message.Account, message.Contact, message.Id, message.Text, message.At));
    }

    [Fact]
    public void A_batch_keeps_its_order_over_entries_and_standby_is_a_thread_that_another_app_has()
    {
        var batch = Read("""
            {"object":"page","entry":[
             {"id":"PAGE","time":1,"messaging":[{"sender":{"id":"A"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"message":{"mid":"1","text":"one"}},{"sender":{"id":"B"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"message":{"mid":"2","text":"two"}}]},
             {"id":"PAGE","time":2,"standby":[{"sender":{"id":"A"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"message":{"mid":"3","text":"three"}}]}]}
            """);
        Assert.Equal(["1", "2", "3"], batch.Events.OfType<MetaEvent.Message>().Select(message => message.Id));
        Assert.Equal(ChannelSignalKind.ThreadTaken, Assert.IsType<MetaEvent.Signal>(batch.Events[^1]).Kind);
        Assert.Empty(batch.Unknown);
    }

    [Theory]
    [InlineData("""{"is_echo":true,"app_id":1517776481860111,"metadata":"att:01J0","mid":"m_out","text":"Hello"}""", "1517776481860111", "01J0")]
    [InlineData("""{"is_echo":true,"app_id":263902037430900,"mid":"m_out","text":"Hello"}""", "263902037430900", null)]
    [InlineData("""{"is_echo":true,"mid":"m_out","text":"Hello","metadata":"somebody else's"}""", null, null)]
    [InlineData("""{"is_echo":true,"mid":"m_out","text":"Hello","metadata":"att:../../etc"}""", null, null)]
    public void An_echo_names_the_contact_as_its_recipient_and_our_attempt_only_when_it_is_ours(string message, string? app, string? attempt)
    {
        var echo = Assert.IsType<MetaEvent.Echo>(Messaging($$$$"""{"sender":{"id":"PAGE"},"recipient":{"id":"PSID"},"timestamp":1760000000000,"message":{{{{message}}}}}"""));
        Assert.Equal(("PSID", "m_out", app, attempt), (echo.Contact, echo.Id, echo.AppId, echo.AttemptId));
    }

    [Fact]
    public void Deliveries_reads_reactions_deletes_and_edits_are_no_messages()
    {
        const string From = "\"sender\":{\"id\":\"PSID\"},\"recipient\":{\"id\":\"PAGE\"},\"timestamp\":1760000000000";
        var delivered = Read(Messages($$$$"""{{{{{From}}}},"delivery":{"mids":["m_out"],"watermark":1760000001500}}""")).Events;
        Assert.Equal(("m_out", Delivery.Delivered), (((MetaEvent.Status)delivered[0]).Id, ((MetaEvent.Status)delivered[0]).State));
        Assert.Equal((ChannelSignalKind.DeliveredUntil, 1_760_000_001_500), (((MetaEvent.Signal)delivered[1]).Kind, delivered[1].At!.Value.ToUnixTimeMilliseconds()));
        Assert.Equal(ChannelSignalKind.DeliveredUntil, Signal($$$$"""{{{{{From}}}},"delivery":{"watermark":1760000001500}}"""));
        Assert.Equal(ChannelSignalKind.ReadUntil, Signal($$$$"""{{{{{From}}}},"read":{"watermark":1760000002900}}"""));
        Assert.Equal(Delivery.Read, Assert.IsType<MetaEvent.Status>(Messaging($$$$"""{{{{{From}}}},"read":{"mid":"aWdf_out"}}""")).State);
        Assert.Equal(ChannelSignalKind.WindowOpened, Signal($$$$"""{{{{{From}}}},"reaction":{"reaction":"love","emoji":"❤","action":"react","mid":"m_out"}}"""));
        Assert.Empty(Read(Messages($$$$"""{{{{{From}}}},"reaction":{"action":"unreact","mid":"m_out"}}""")).Events);
        Assert.Equal(ChannelSignalKind.MessageDeleted, Signal($$$$"""{{{{{From}}}},"message":{"mid":"aWdf_in","is_deleted":true}}"""));
        Assert.Equal(ChannelSignalKind.MessageEdited, Signal($$$$"""{{{{{From}}}},"message_edit":{"mid":"m_abc","text":"changed","num_edit":1}}"""));
        Assert.Equal(ChannelSignalKind.WindowOpened, Signal($$$$"""{{{{{From}}}},"referral":{"ref":"ad1","source":"SHORTLINK","type":"OPEN_THREAD"}}"""));
        Assert.Equal(ChannelSignalKind.ThreadReturned, Signal($$$$"""{{{{{From}}}},"pass_thread_control":{"new_owner_app_id":"1","metadata":""}}"""));
        Assert.Equal(ChannelSignalKind.ThreadTaken, Signal($$$$"""{{{{{From}}}},"take_thread_control":{"new_owner_app_id":2,"previous_owner_app_id":"1"}}"""));
    }

    [Fact]
    public void A_postback_is_a_message_with_its_title_and_the_same_id_every_time()
    {
        const string Old = """{"sender":{"id":"PSID"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"postback":{"title":"Get started","payload":"GET_STARTED"}}""";
        var first = Assert.IsType<MetaEvent.Message>(Messaging(Old));
        Assert.Equal(("Get started", first.Id), (first.Text, Assert.IsType<MetaEvent.Message>(Messaging(Old)).Id));
        Assert.Equal("m_pb", Assert.IsType<MetaEvent.Message>(Messaging("""{"sender":{"id":"PSID"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"postback":{"mid":"m_pb","title":"Talk","payload":"TALK"}}""")).Id);
    }

    [Fact]
    public void Attachments_make_a_message_and_what_has_no_address_is_named()
    {
        var image = Assert.IsType<MetaEvent.Message>(Messaging("""{"sender":{"id":"PSID"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"message":{"mid":"m","attachments":[{"type":"image","payload":{"url":"https://cdn.example/a.jpg"}},{"type":"file","payload":{"url":"javascript:alert(1)"}}]}}"""));
        Assert.Equal(("", "https://cdn.example/a.jpg", "image"), (image.Text, Assert.Single(image.Attachments!).Url, image.Attachments![0].Type));
        Assert.Equal("[sticker]", Assert.IsType<MetaEvent.Message>(Messaging("""{"sender":{"id":"PSID"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"message":{"mid":"m","attachments":[{"type":"sticker"}]}}""")).Text);
    }

    [Theory]
    [InlineData("""{"from":"16505551234","id":"wamid.IN","timestamp":"1760000000","type":"text","text":{"body":"busy now, try Friday"}}""", "busy now, try Friday")]
    [InlineData("""{"from":"16505551234","id":"wamid.IN","timestamp":"1760000000","type":"button","button":{"payload":"P","text":"Yes please"}}""", "Yes please")]
    [InlineData("""{"from":"16505551234","id":"wamid.IN","timestamp":"1760000000","type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"1","title":"Later"}}}""", "Later")]
    [InlineData("""{"from":"16505551234","id":"wamid.IN","timestamp":"1760000000","type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"1","title":"Blue"}}}""", "Blue")]
    [InlineData("""{"from":"16505551234","id":"wamid.IN","timestamp":"1760000000","type":"image","image":{"id":"99","mime_type":"image/jpeg","caption":"this one"}}""", "this one")]
    [InlineData("""{"from":"16505551234","id":"wamid.IN","timestamp":"1760000000","type":"unsupported","errors":[{"code":131051}]}""", "[unsupported]")]
    [InlineData("""{"from":"16505551234","id":"wamid.IN","timestamp":"1760000000","type":"order","order":{"catalog_id":"c"}}""", "[order]")]
    public void WhatsApps_messages_of_every_type_say_something(string message, string text)
    {
        var told = Assert.IsType<MetaEvent.Message>(Assert.Single(Read(WhatsApp($$$$"""{{{{{Metadata}}}},"contacts":[{"profile":{"name":"Ana"},"wa_id":"16505551234","user_id":"US.13491208655302741918"}],"messages":[{{{{message}}}}]}""")).Events));
        Assert.Equal(("106540352242922", "+16505551234", "US.13491208655302741918", "wamid.IN", text, "Ana", At), (told.Account, told.Contact, told.Alias, told.Id, told.Text, told.Name, told.At));
    }

    [Fact]
    public void A_missing_number_leaves_the_business_scoped_user_id()
    {
        var told = Assert.IsType<MetaEvent.Message>(Assert.Single(Read(WhatsApp($$$$"""{{{{{Metadata}}}},"contacts":[{"profile":{"name":"Ana"},"user_id":"US.13491208655302741918"}],"messages":[{"from_user_id":"US.13491208655302741918","id":"wamid.IN","timestamp":"1760000000","type":"text","text":{"body":"hi"}}]}""")).Events));
        Assert.Equal(("US.13491208655302741918", null), (told.Contact, told.Alias));
    }

    [Fact]
    public void Statuses_bring_back_the_attempt_the_conversation_and_the_code()
    {
        var events = Read(WhatsApp($$$$"""
            {{{{{Metadata}}}},"statuses":[
             {"id":"wamid.1","status":"failed","timestamp":"1760000100","recipient_id":"16505551234","biz_opaque_callback_data":"att:a-1/c-9","errors":[{"code":131047,"title":"Re-engagement message"}]},
             {"id":"wamid.2","status":"played","timestamp":"1760000100"},{"id":"wamid.3","status":"sent","timestamp":"1760000100","recipient_id":"16505551234"}]}
            """)).Events.Cast<MetaEvent.Status>().ToList();
        Assert.Equal(("a-1", "c-9", "131047", Delivery.Undelivered), (events[0].AttemptId, events[0].ConversationId, events[0].ErrorCode, events[0].State));
        Assert.Equal([Delivery.Undelivered, Delivery.Read, Delivery.Accepted], events.Select(status => status.State));
        Assert.Null(events[1].Contact);
    }

    [Fact]
    public void Preferences_echoes_of_the_phones_app_number_changes_calls_and_templates_are_understood()
    {
        Assert.Equal(
            [ChannelSignalKind.OptedOut, ChannelSignalKind.OptedIn],
            Read(WhatsApp($$$$"""{{{{{Metadata}}}},"user_preferences":[{"wa_id":"16505551234","category":"marketing_messages","value":"stop","timestamp":"1760000000"},{"wa_id":"16505551234","category":"marketing_messages","value":"resume","timestamp":"1760000001"}]}""", "user_preferences")).Events.Cast<MetaEvent.Signal>().Select(signal => signal.Kind));
        var echo = Assert.IsType<MetaEvent.Echo>(Assert.Single(Read(WhatsApp($$$$"""{{{{{Metadata}}}},"message_echoes":[{"from":"15550783881","to":"16505551234","id":"wamid.E","timestamp":"1760000000","type":"text","text":{"body":"Sam here"}}]}""", "smb_message_echoes")).Events));
        Assert.Equal(("+16505551234", "Sam here", null), (echo.Contact, echo.Text, echo.AttemptId));
        var changed = Assert.IsType<MetaEvent.Signal>(Assert.Single(Read(WhatsApp($$$$"""{{{{{Metadata}}}},"messages":[{"from":"16505551234","id":"wamid.S","timestamp":"1760000000","type":"system","system":{"type":"user_changed_number","wa_id":"16505559999","body":"changed"}}]}""")).Events));
        Assert.Equal((ChannelSignalKind.AddressChanged, "+16505551234", "+16505559999"), (changed.Kind, changed.Contact, changed.Text));
        Assert.Equal(ChannelSignalKind.WindowOpened, Assert.IsType<MetaEvent.Signal>(Assert.Single(Read(WhatsApp($$$$"""{{{{{Metadata}}}},"calls":[{"id":"wacid.1","from":"16505551234","event":"connect","direction":"USER_INITIATED","timestamp":"1760000000"}]}""", "calls")).Events)).Kind);
        var template = Assert.IsType<MetaEvent.Template>(Assert.Single(Read(WhatsApp("""{"event":"PAUSED","message_template_name":"follow_up_1","message_template_language":"en_US"}""", "message_template_status_update")).Events));
        Assert.Equal(("follow_up_1", false), (template.Name, template.Usable));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"object\"")]
    [InlineData("""{"object":"page"}""")]
    [InlineData("""{"object":"page","entry":[{"id":"PAGE"}]}""")]
    [InlineData("""{"object":"user","entry":[{"id":"1"}]}""")]
    [InlineData("""{"object":"page","object":"page","entry":[]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"PAGE","messaging":[{"sender":{"id":"P"},"recipient":{"id":"PAGE"},"timestamp":1,"brand_new":{}}]}]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"PAGE","messaging":[7,"x",null]}]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"PAGE","messaging":[{"sender":{"id":"P"},"recipient":{"id":"PAGE"},"message":{"mid":"m","text":"\ud800"}}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"W","changes":[{"field":"brand_new","value":{}}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"W","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"errors":[{"code":131000}]}}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"W","changes":[{"field":"messages","value":7}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"W","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"messages":[{"type":"text"}]}}]}]}""")]
    public void What_nobody_knows_is_told_as_unknown_and_breaks_nothing(string body)
    {
        var batch = Read(body);
        Assert.Empty(batch.Events);
        Assert.NotEmpty(batch.Unknown);
    }

    [Fact]
    public void Depth_and_number_are_bounded()
    {
        Assert.NotEmpty(Read(new string('[', 100_000)).Unknown);
        var many = string.Join(',', Enumerable.Range(0, 10_001).Select(number => $$$$"""{"sender":{"id":"P"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"message":{"mid":"m{{{{number}}}}","text":"x"}}"""));
        var batch = Read(Messages(many));
        Assert.Equal((0, 1), (batch.Events.Count, batch.Unknown.Count));
    }

    [Fact]
    public void A_text_longer_than_the_engine_takes_is_cut_between_characters()
    {
        var text = $"{new string('a', 4_095)}😀";
        Assert.Equal(4_095, Assert.IsType<MetaEvent.Message>(Messaging($$$$"""{"sender":{"id":"P"},"recipient":{"id":"PAGE"},"timestamp":1760000000000,"message":{"mid":"m","text":"{{{{text}}}}"}}""")).Text.Length);
    }

    private const string Metadata = "\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"15550783881\",\"phone_number_id\":\"106540352242922\"}";

    private static ChannelSignalKind Signal(string item) => Assert.IsType<MetaEvent.Signal>(Messaging(item)).Kind;

    private static MetaEvent Messaging(string item) => Assert.Single(Read(Messages(item)).Events);

    private static string Messages(string items) => $$$$"""{"object":"page","entry":[{"id":"PAGE","time":1760000000123,"messaging":[{{{{items}}}}]}]}""";

    private static string WhatsApp(string value, string field = "messages") => $$$$"""{"object":"whatsapp_business_account","entry":[{"id":"WABA","changes":[{"field":"{{{{field}}}}","value":{{{{value}}}}}]}]}""";

    private static MetaBatch Read(string body) => MetaPayload.Read(Encoding.UTF8.GetBytes(body));
}
