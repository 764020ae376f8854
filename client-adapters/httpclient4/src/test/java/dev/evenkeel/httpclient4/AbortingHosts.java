package dev.evenkeel.httpclient4;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.DnsResolver;

/** Aborts the request while its server's name is looked up, which then fails. */
record AbortingHosts(HttpUriRequest request) implements DnsResolver {
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    request.abort();
    throw new UnknownHostException(host);
  }
}
