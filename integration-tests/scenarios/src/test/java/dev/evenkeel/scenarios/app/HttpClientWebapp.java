package dev.evenkeel.scenarios.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Calls with Apache HttpClient 5. Confined to one thread. */
public final class HttpClientWebapp implements Webapp {
  private final CloseableHttpClient client = HttpClients.createDefault();

  @Override
  public String apply(String url) {
    try {
      return client.execute(
          new HttpGet(url),
          response -> {
            EntityUtils.consume(response.getEntity());
            return response.getCode() + " " + response.getFirstHeader("X-Server").getValue();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
