package dev.evenkeel.it.stacks.app;

import dev.evenkeel.it.stacks.ClientStack;
import dev.evenkeel.testkit.client.Library;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;

/** Retrofit: calls that wait, and a future for those that may fail. */
public final class RetrofitStack implements ClientStack {
  private final OkHttpClient client = new OkHttpClient();
  private final Orders orders =
      new Retrofit.Builder().baseUrl(BASE).client(client).build().create(Orders.class);

  /** What an application declares. */
  public interface Orders {
    @GET(TARGET)
    Call<ResponseBody> read();

    @GET(TARGET)
    CompletableFuture<ResponseBody> readLater();

    @POST(TARGET)
    Call<ResponseBody> write(@Body RequestBody body);
  }

  @Override
  public Library library() {
    return Library.of("Retrofit", Retrofit.class);
  }

  @Override
  public String client() {
    return "OkHttp " + Library.of("OkHttp", OkHttpClient.class).version();
  }

  @Override
  public Answer read() throws IOException {
    return answer(orders.read().execute());
  }

  @Override
  public Answer write(String text) throws IOException {
    RequestBody body = RequestBody.create(text, MediaType.get("text/plain; charset=utf-8"));
    return answer(orders.write(body).execute());
  }

  private static Answer answer(Response<ResponseBody> response) throws IOException {
    String url = response.raw().request().url().toString();
    return new Answer(response.headers().get("X-Server"), response.body().string(), url);
  }

  @Override
  public String readOrFail() throws Exception {
    try {
      return orders.readLater().get().string();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    }
  }

  @Override
  public Failures failures() {
    return new Failures(
        "retrofit2.HttpException", "retrofit2.HttpException", "java.net.ConnectException");
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
