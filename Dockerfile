# pipec alone, for CI: docker build -t pipec . && docker run --rm -v "$PWD:/work" pipec lint .
#
# The last stage holds pipec, the libraries that it needs, and a shell; it runs as nobody. No Kafka, no MySQL, no network.
FROM debian:12 AS build
WORKDIR /src
COPY . .
RUN scripts/setup build && apt-get install -y --no-install-recommends busybox-static
RUN cmake --preset release -DPIPEWRIGHT_TESTS=OFF -DPIPEWRIGHT_DEPS=/root/.cache/pipewright && cmake --build build/release --target pipec
RUN scripts/collect build/release/bin/pipec /out && cp /bin/busybox /out/bin/ && \
    for applet in $(busybox --list); do ln -sf busybox "/out/bin/$applet"; done

FROM scratch
COPY --from=build /out /
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["/bin/pipec"]
CMD ["--help"]
