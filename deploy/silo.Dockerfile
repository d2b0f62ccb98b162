# A silo. Build from the repository's root: docker build -f deploy/silo.Dockerfile -t followup-silo .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish silo/FollowUp.Silo.csproj --configuration Release --output /app -p:RestoreLockedMode=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .

# Health and metrics; 11111 for other silos, 30000 for gateways.
ENV Urls=http://+:8080 Cluster__SiloPort=11111 Cluster__GatewayPort=30000
EXPOSE 8080 11111 30000

# The image's own user, not root; a cluster writes nothing to the container's disk.
USER $APP_UID
ENTRYPOINT ["dotnet", "FollowUp.Silo.dll"]
