package dev.evenkeel.it.stacks.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestTemplate;

/**
 * Spring's {@code RestTemplate} with an interceptor, which sees the URL and has bodies buffered.
 */
public abstract class RestTemplateStack extends SpringStack {
  private final RestTemplate template;
  private String url = "";

  private RestTemplateStack(Below below) {
    super("Spring RestTemplate", below);
    template = new RestTemplate(below.factory());
    template
        .getInterceptors()
        .add(
            (request, body, execution) -> {
              ClientHttpResponse response = execution.execute(request, body);
              url = request.getURI().toString();
              return response;
            });
  }

  /** By way of the JDK's oldest client, which is Spring's default. */
  public static final class OnUrlConnection extends RestTemplateStack {
    OnUrlConnection() {
      super(Below.urlConnection());
    }
  }

  /** By way of HttpClient 5. */
  public static final class OnHttpClient5 extends RestTemplateStack {
    OnHttpClient5() {
      super(Below.httpClient5());
    }
  }

  /** By way of the JDK's HttpClient. */
  public static final class OnJdkClient extends RestTemplateStack {
    OnJdkClient() {
      super(Below.jdkClient());
    }
  }

  @Override
  public final Answer read() {
    return answer(template.getForEntity(URI.create(url()), String.class));
  }

  @Override
  public final Answer write(String text) {
    MediaType type = new MediaType(MediaType.TEXT_PLAIN, UTF_8);
    return answer(
        template.exchange(
            RequestEntity.post(URI.create(url())).contentType(type).body(text), String.class));
  }

  private Answer answer(ResponseEntity<String> response) {
    return new Answer(response.getHeaders().getFirst("X-Server"), response.getBody(), url);
  }

  @Override
  public final String readOrFail() {
    return template.getForObject(url(), String.class);
  }
}
