package dev.evenkeel.it.okhttp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** An application with its own copy of OkHttp: gives the server that answers a URL. Thread-safe. */
public final class IsolatedApplication implements UnaryOperator<String> {
  private final OkHttpClient client = new OkHttpClient();

  @Override
  public String apply(String url) {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.header("X-Server", "none");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
