namespace FollowUp.ProviderSimulator.Meta;

/// <summary>Asks the stand-in for faults.</summary>
public sealed record MetaFaultRequest(MetaProduct Product, MetaFault[] Faults);

/// <summary>Tells the stand-in where webhooks go.</summary>
public sealed record MetaWebhookRequest(string Url);

/// <summary>Asks the stand-in for a contact's message.</summary>
public sealed record MetaInboundRequest(MetaProduct Product, string Contact, string Text);
