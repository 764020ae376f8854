package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.spi.Server;

/** A server as adapters see it. Immutable. */
record ConfiguredServer(
    String url,
    String scheme,
    String host,
    int port,
    String authority,
    boolean isHostHeaderPassed,
    String path)
    implements Server {

  static ConfiguredServer of(ServerSpec spec, boolean isHostHeaderPassed) {
    return new ConfiguredServer(
        spec.url(),
        spec.scheme(),
        spec.host(),
        spec.port(),
        spec.authority(),
        isHostHeaderPassed,
        spec.path());
  }
}
