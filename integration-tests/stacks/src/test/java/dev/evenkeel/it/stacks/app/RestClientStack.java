package dev.evenkeel.it.stacks.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** Spring's {@code RestClient}, whose requests are streamed. */
public abstract class RestClientStack extends SpringStack {
  private final RestClient client;

  private RestClientStack(Below below) {
    super("Spring RestClient", below);
    client = RestClient.builder().requestFactory(below.factory()).baseUrl(BASE).build();
  }

  /** By way of the JDK's oldest client. */
  public static final class OnUrlConnection extends RestClientStack {
    OnUrlConnection() {
      super(Below.urlConnection());
    }
  }

  /** By way of HttpClient 5. */
  public static final class OnHttpClient5 extends RestClientStack {
    OnHttpClient5() {
      super(Below.httpClient5());
    }
  }

  /** By way of the JDK's HttpClient. */
  public static final class OnJdkClient extends RestClientStack {
    OnJdkClient() {
      super(Below.jdkClient());
    }
  }

  @Override
  public final Answer read() {
    return answer(client.get().uri(TARGET));
  }

  @Override
  public final Answer write(String text) {
    MediaType type = new MediaType(MediaType.TEXT_PLAIN, UTF_8);
    return answer(client.post().uri(TARGET).contentType(type).body(text));
  }

  private static Answer answer(RestClient.RequestHeadersSpec<?> request) {
    return request.exchange(
        (sent, response) ->
            new Answer(
                response.getHeaders().getFirst("X-Server"),
                response.bodyTo(String.class),
                sent.getURI().toString()));
  }

  @Override
  public final String readOrFail() {
    return client.get().uri(TARGET).retrieve().body(String.class);
  }
}
