package dev.evenkeel.httpclient5;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.concurrent.Cancellable;

/** Aborts the request while its server's name is looked up, which then fails. */
record AbortingHosts(Cancellable request) implements DnsResolver {
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    request.cancel();
    throw new UnknownHostException(host);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
