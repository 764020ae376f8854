package dev.evenkeel.scenarios.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.concurrent.ExecutorService;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.internal.concurrent.TaskRunner;

/** Calls with OkHttp, and ends all its threads when it is undeployed. Confined to one thread. */
public final class OkHttpWebapp implements Webapp {
  private final OkHttpClient client = new OkHttpClient();

  @Override
  public String apply(String url) {
    try (var response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code() + " " + response.header("X-Server");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** OkHttp's own thread would go by itself, a minute later. */
  @Override
  public void close() throws ReflectiveOperationException {
    client.connectionPool().evictAll();
    TaskRunner.Backend backend = TaskRunner.INSTANCE.getBackend();
    Field executor = backend.getClass().getDeclaredField("executor");
    executor.setAccessible(true);
    ((ExecutorService) executor.get(backend)).shutdownNow();
  }
}
