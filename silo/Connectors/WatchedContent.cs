using System.Net;
using System.Net.Http.Headers;

namespace FollowUp.Connectors;

/// <summary>A request's body that knows whether any of it was asked for. A provider cannot have acted on a message whose body never left us, whatever broke.</summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly byte[] body;

    public WatchedContent(byte[] body, string mediaType)
    {
        this.body = body;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    /// <summary>The connection stands, and the body is on its way.</summary>
    public bool Left { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Left = true;
        await stream.WriteAsync(body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
