# Drover in a container: a static binary, no shell, not root. The database is another container (see compose.yaml).
FROM node:20-bookworm-slim AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY web/ ./
RUN npm run build

FROM golang:1.26-bookworm AS server
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=page /src/web/dist web/dist
ARG VERSION=container
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /drover ./server \
    && CGO_ENABLED=0 go build -trimpath -o /simulators ./simulators \
    && mkdir /data

FROM scratch
COPY --from=server /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=server /drover /simulators /usr/local/bin/
COPY --from=server --chown=65532:65532 /data /data
USER 65532:65532
VOLUME /data
ENV DROVER_DATA=/data DROVER_LISTEN=:8080
EXPOSE 8080 5000 5000/udp
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s CMD ["/usr/local/bin/drover", "health"]
ENTRYPOINT ["/usr/local/bin/drover"]
CMD ["serve"]
