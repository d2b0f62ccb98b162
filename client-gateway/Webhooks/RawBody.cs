namespace FollowUp.Webhooks;

/// <summary>Reads a body whole, up to a cap, before anything is made of it.</summary>
internal static class RawBody
{
    /// <summary>Null: larger than the cap.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int cap)
    {
        if (request.ContentLength > cap)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
        {
            if (body.Length + read > cap)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
