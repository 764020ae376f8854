package dev.evenkeel.it.stacks.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.it.stacks.ClientStack;
import dev.evenkeel.testkit.client.Library;
import feign.Feign;
import feign.Headers;
import feign.RequestLine;
import feign.Response;
import feign.Retryer;
import feign.Util;
import feign.hc5.ApacheHttp5Client;
import feign.okhttp.OkHttpClient;
import java.io.IOException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;

/** OpenFeign, without its own retries. */
public abstract class FeignStack implements ClientStack {
  private final String client;
  private final Orders orders;

  private FeignStack(String client, Feign.Builder feign) {
    this.client = client;
    orders = feign.retryer(Retryer.NEVER_RETRY).target(Orders.class, BASE);
  }

  /** What an application declares. */
  public interface Orders {
    @RequestLine("GET " + TARGET)
    Response read();

    @RequestLine("GET " + TARGET)
    String readText();

    @RequestLine("POST " + TARGET)
    @Headers("Content-Type: text/plain; charset=utf-8")
    Response write(String body);
  }

  /** By way of Feign's default client. */
  public static final class OnUrlConnection extends FeignStack {
    OnUrlConnection() {
      super("HttpURLConnection", Feign.builder());
    }

    @Override
    public void close() {
      // Feign's default client has nothing to close.
    }
  }

  /** By way of OkHttp. */
  public static final class OnOkHttp extends FeignStack {
    private final okhttp3.OkHttpClient okhttp;

    OnOkHttp() {
      this(new okhttp3.OkHttpClient());
    }

    private OnOkHttp(okhttp3.OkHttpClient okhttp) {
      super(
          "OkHttp " + Library.of("OkHttp", okhttp3.OkHttpClient.class).version(),
          Feign.builder().client(new OkHttpClient(okhttp)));
      this.okhttp = okhttp;
    }

    @Override
    public void close() {
      okhttp.connectionPool().evictAll();
    }
  }

  /** By way of HttpClient 5. */
  public static final class OnHttpClient5 extends FeignStack {
    private final CloseableHttpClient httpclient;

    OnHttpClient5() {
      this(HttpClients.createDefault());
    }

    private OnHttpClient5(CloseableHttpClient httpclient) {
      super(
          "HttpClient " + Library.of("HttpClient", HttpClients.class).version(),
          Feign.builder().client(new ApacheHttp5Client(httpclient)));
      this.httpclient = httpclient;
    }

    @Override
    public void close() throws IOException {
      httpclient.close();
    }
  }

  @Override
  public final Library library() {
    return Library.of("OpenFeign", Feign.class);
  }

  @Override
  public final String client() {
    return client;
  }

  @Override
  public final Answer read() throws IOException {
    return answer(orders.read());
  }

  @Override
  public final Answer write(String text) throws IOException {
    return answer(orders.write(text));
  }

  private static Answer answer(Response response) throws IOException {
    try (response) {
      return new Answer(
          response.headers().get("X-Server").iterator().next(),
          Util.toString(response.body().asReader(UTF_8)),
          response.request().url());
    }
  }

  @Override
  public final String readOrFail() {
    return orders.readText();
  }

  @Override
  public final Failures failures() {
    return new Failures(
        "feign.FeignException$NotFound",
        "feign.FeignException$InternalServerError",
        "feign.RetryableException");
  }
}
