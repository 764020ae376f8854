package dev.evenkeel.it.stacks.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.it.stacks.ClientStack;
import dev.evenkeel.testkit.client.Library;
import java.net.URI;
import java.net.URLEncoder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.DecodeAuthorizationMessageResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The AWS SDK, without its own retries, with the smallest of its services. */
public abstract class AwsStack implements ClientStack {
  private static final String ACTION =
      "Action=DecodeAuthorizationMessage&Version=2011-06-15&EncodedMessage=";

  private final String below;
  private final SdkHttpClient http;
  private final Urls urls = new Urls();
  private final StsClient client;

  private AwsStack(String below, SdkHttpClient http) {
    this.below = below;
    this.http = http;
    client =
        StsClient.builder()
            .httpClient(http)
            .endpointOverride(URI.create(BASE))
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .overrideConfiguration(
                options ->
                    options
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(urls))
            .build();
  }

  /** Sees the request as the SDK has sent it. Confined to the test's thread. */
  private static final class Urls implements ExecutionInterceptor {
    private String last = "";

    @Override
    public void afterTransmission(Context.AfterTransmission sent, ExecutionAttributes attributes) {
      last = sent.httpRequest().getUri().toString();
    }
  }

  /** By way of the SDK's {@code url-connection-client}. */
  public static final class OnUrlConnection extends AwsStack {
    OnUrlConnection() {
      super("HttpURLConnection", UrlConnectionHttpClient.create());
    }
  }

  /** By way of the SDK's {@code apache5-client}. */
  public static final class OnHttpClient5 extends AwsStack {
    OnHttpClient5() {
      super(
          "HttpClient " + Library.of("HttpClient", HttpClients.class).version(),
          Apache5HttpClient.create());
    }
  }

  /** By way of the SDK's {@code apache-client}. */
  @SuppressWarnings("deprecation") // In favour of apache5-client; applications still have it.
  public static final class OnHttpClient4 extends AwsStack {
    OnHttpClient4() {
      super(
          "HttpClient "
              + Library.of("HttpClient", org.apache.http.impl.client.HttpClients.class).version(),
          ApacheHttpClient.create());
    }
  }

  @Override
  public final Library library() {
    return Library.of("AWS SDK", StsClient.class);
  }

  @Override
  public final String client() {
    return below;
  }

  @Override
  public final String url() {
    return BASE;
  }

  @Override
  public final String sent(String text) {
    return ACTION + URLEncoder.encode(text, UTF_8);
  }

  @Override
  public final String answered(String text) {
    return "<r><r><Account>%s</Account><DecodedMessage>%s</DecodedMessage></r></r>"
        .formatted(text, text);
  }

  @Override
  public final Answer read() {
    GetCallerIdentityResponse response = client.getCallerIdentity();
    return answer(response, response.account());
  }

  @Override
  public final Answer write(String text) {
    DecodeAuthorizationMessageResponse response =
        client.decodeAuthorizationMessage(request -> request.encodedMessage(text));
    return answer(response, response.decodedMessage());
  }

  private Answer answer(SdkResponse response, String text) {
    String server = response.sdkHttpResponse().firstMatchingHeader("X-Server").orElseThrow();
    return new Answer(server, text, urls.last);
  }

  @Override
  public final String readOrFail() {
    return client.getCallerIdentity().account();
  }

  @Override
  public final Failures failures() {
    return new Failures(
        "software.amazon.awssdk.services.sts.model.StsException",
        "software.amazon.awssdk.services.sts.model.StsException",
        "software.amazon.awssdk.core.exception.SdkClientException");
  }

  @Override
  public final void close() {
    client.close();
    http.close();
  }
}
