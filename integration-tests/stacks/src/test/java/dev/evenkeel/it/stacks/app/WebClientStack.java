package dev.evenkeel.it.stacks.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.it.stacks.ClientStack;
import dev.evenkeel.testkit.client.Library;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring's {@code WebClient} by way of the JDK's HttpClient. */
public final class WebClientStack implements ClientStack {
  private static final String EXCEPTIONS =
      "org.springframework.web.reactive.function.client.WebClient";

  private final WebClient client =
      WebClient.builder().clientConnector(new JdkClientHttpConnector()).baseUrl(BASE).build();

  @Override
  public Library library() {
    return Library.of("Spring WebClient", WebClient.class);
  }

  @Override
  public String client() {
    return "java.net.http.HttpClient";
  }

  @Override
  public Answer read() {
    return answer(client.get().uri(TARGET));
  }

  @Override
  public Answer write(String text) {
    MediaType type = new MediaType(MediaType.TEXT_PLAIN, UTF_8);
    return answer(client.post().uri(TARGET).contentType(type).bodyValue(text));
  }

  private static Answer answer(WebClient.RequestHeadersSpec<?> request) {
    return request
        .exchangeToMono(
            response ->
                response
                    .bodyToMono(String.class)
                    .map(
                        text ->
                            new Answer(
                                response.headers().header("X-Server").get(0),
                                text,
                                response.request().getURI().toString())))
        .block();
  }

  @Override
  public String readOrFail() {
    return client.get().uri(TARGET).retrieve().bodyToMono(String.class).block();
  }

  @Override
  public Failures failures() {
    return new Failures(
        EXCEPTIONS + "ResponseException$NotFound",
        EXCEPTIONS + "ResponseException$InternalServerError",
        EXCEPTIONS + "RequestException");
  }

  @Override
  public void close() {
    // The JDK's client ends with its last reference.
  }
}
