# A gateway. Build from the repository's root: docker build -f deploy/client-gateway.Dockerfile -t followup-gateway .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish client-gateway/FollowUp.ClientGateway.csproj --configuration Release --output /app -p:RestoreLockedMode=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
ENV Urls=http://+:8080
EXPOSE 8080

# The image's own user, not root; a gateway writes nothing to disk.
USER $APP_UID
ENTRYPOINT ["dotnet", "FollowUp.ClientGateway.dll"]
