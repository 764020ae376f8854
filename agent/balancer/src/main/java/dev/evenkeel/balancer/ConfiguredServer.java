package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import org.jspecify.annotations.Nullable;

/** A server as adapters see it. Immutable. */
record ConfiguredServer(
    String url,
    String scheme,
    boolean isH2c,
    String host,
    int port,
    String authority,
    boolean isHostHeaderPassed,
    String path,
    @Nullable ServerTls tls,
    TimeoutsSpec timeouts)
    implements Server {

  static ConfiguredServer of(ServerSpec spec, boolean isHostHeaderPassed) {
    return new ConfiguredServer(
        spec.url(),
        spec.isH2c() ? "http" : spec.scheme(),
        spec.isH2c(),
        spec.host(),
        spec.port(),
        spec.authority(),
        isHostHeaderPassed,
        spec.path(),
        spec.scheme().equals("https") ? spec.tls() : null,
        spec.timeouts());
  }
}
