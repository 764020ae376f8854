package dev.evenkeel.it.stacks.app;

import dev.evenkeel.it.stacks.ClientStack;
import dev.evenkeel.testkit.client.Library;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.HttpUrlConnectorProvider;
import org.glassfish.jersey.client.spi.ConnectorProvider;
import org.glassfish.jersey.jnh.connector.JavaNetHttpConnectorProvider;

/** The client of Jersey. */
public abstract class JerseyStack implements ClientStack {
  private static final String URL_HEADER = "X-Url";

  private final String below;
  private final Client client;

  private JerseyStack(String below, ConnectorProvider connectors) {
    this.below = below;
    client =
        ClientBuilder.newClient(
            new ClientConfig().connectorProvider(connectors).register(new UrlFilter()));
  }

  /** Puts the URI that Jersey takes for the answer's own among the answer's headers. */
  private static final class UrlFilter implements ClientResponseFilter {
    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
      String url = ((ClientResponse) response).getResolvedRequestUri().toString();
      response.getHeaders().add(URL_HEADER, url);
    }
  }

  /** By way of Jersey's default connector. */
  public static final class OnUrlConnection extends JerseyStack {
    OnUrlConnection() {
      super("HttpURLConnection", new HttpUrlConnectorProvider());
    }
  }

  /** By way of the JDK's HttpClient. */
  public static final class OnJdkClient extends JerseyStack {
    OnJdkClient() {
      super("java.net.http.HttpClient", new JavaNetHttpConnectorProvider());
    }
  }

  @Override
  public final Library library() {
    return Library.of("Jersey client", ClientConfig.class);
  }

  @Override
  public final String client() {
    return below;
  }

  @Override
  public final Answer read() {
    return answer(request().get());
  }

  @Override
  public final Answer write(String text) {
    return answer(request().post(Entity.entity(text, "text/plain; charset=utf-8")));
  }

  private static Answer answer(Response response) {
    try (response) {
      return new Answer(
          response.getHeaderString("X-Server"),
          response.readEntity(String.class),
          response.getHeaderString(URL_HEADER));
    }
  }

  @Override
  public final String readOrFail() {
    return request().get(String.class);
  }

  private Invocation.Builder request() {
    return client.target(url()).request();
  }

  @Override
  public final Failures failures() {
    return new Failures(
        "jakarta.ws.rs.NotFoundException",
        "jakarta.ws.rs.InternalServerErrorException",
        "jakarta.ws.rs.ProcessingException");
  }

  @Override
  public final void close() {
    client.close();
  }
}
