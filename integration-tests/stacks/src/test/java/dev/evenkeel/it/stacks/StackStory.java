package dev.evenkeel.it.stacks;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.it.stacks.ClientStack.Answer;
import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.Balance;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an application may expect of a library that stands on a balanced client. The service {@code
 * orders} has three servers, {@code a} to {@code c}, with the weights 3, 2 and 1.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PassedStory.class)
abstract class StackStory {
  private static final String SERVICE = "orders";
  private static final String TEXT = "größe=2€";

  private final Class<? extends ClientStack> type;
  private final List<String> libraries;
  private final Balance balance = new Balance();
  private final ClassLoader loaderOfTests = Thread.currentThread().getContextClassLoader();
  private ClientStack stack;
  private ServerFleet fleet;
  private List<TestServer> servers;
  private long failedOpen;

  /**
   * A story.
   *
   * @param type has a constructor without arguments
   * @param libraries the folders of its jars
   */
  StackStory(Class<? extends ClientStack> type, String... libraries) {
    this.type = type;
    this.libraries = List.of(libraries);
  }

  final ClientStack stack() {
    return stack;
  }

  /** All requests so far. */
  final List<Received> received() {
    return servers.stream().flatMap(server -> server.received().stream()).toList();
  }

  @BeforeAll
  void openStack() {
    stack = Stacks.open(type, libraries);
  }

  @BeforeEach
  void balanceThreeTwoOne() throws IOException {
    failedOpen = balance.agent().getLong("FailOpenCount");
    fleet = new ServerFleet();
    servers = List.of(fleet.http("a"), fleet.http("b"), fleet.http("c"));
    servers.forEach(server -> server.answers(Script.text(stack.answered("hello"))));
    ServiceConfig service = ServiceConfig.named(SERVICE);
    for (TestServer server : servers) {
      service = service.server(server, 3 - servers.indexOf(server));
    }
    balance.apply(service);
  }

  @Test
  void calls_overThreeServers_followTheWeightsAndStayLogical() throws Exception {
    List<Answer> answers = read(60);

    assertThat(answers.stream().collect(groupingBy(Answer::server, counting())))
        .isEqualTo(Map.of("a", 30L, "b", 20L, "c", 10L));
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.text()).isEqualTo("hello");
              assertThat(answer.url()).isEqualTo(stack.url());
            });
    assertThat(received())
        .hasSize(60)
        .allSatisfy(request -> assertThat(request.headers("Host")).containsExactly(stack.host()));
  }

  @Test
  void body_posted_arrivesUnchanged() throws Exception {
    Answer answer = stack.write(TEXT);

    assertThat(answer.url()).isEqualTo(stack.url());
    assertThat(received())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.method()).isEqualTo("POST");
              assertThat(ClientStack.BASE + request.target()).startsWith(stack.url());
              assertThat(request.body()).isEqualTo(stack.sent(TEXT));
              assertThat(request.server()).isEqualTo(answer.server());
            });
  }

  @Test
  void server_stopped_failsNoCall() throws Exception {
    servers.get(1).kill();

    List<Answer> answers = read(12);

    assertThat(answers.stream().map(Answer::server)).hasSize(12).containsOnly("a", "c");
    assertThat(balance.server(SERVICE, servers.get(1)).failures()).isPositive();
  }

  @Test
  void status404_fromAServer_isTheLibrarysOwnException() {
    assertFailure(404, stack.failures().notFound());
  }

  @Test
  void status500_fromAServer_isTheLibrarysOwnException() {
    assertFailure(500, stack.failures().serverError());
  }

  private void assertFailure(int status, String exception) {
    servers.forEach(server -> server.answers(Script.status(status)));

    Throwable failure = catchThrowable(stack::readOrFail);

    assertThat(failure).isNotNull();
    assertThat(failure.getClass().getName()).as(failure.toString()).isEqualTo(exception);
    assertThat(failure)
        .hasMessageContaining(Integer.toString(status))
        .message()
        .doesNotContain("127.0.0.1");
    assertThat(received()).hasSize(1);
  }

  @Test
  void everyServer_fenced_isTheLibrarysOwnExceptionWithTheReason() {
    servers.forEach(server -> balance.server(SERVICE, server).fence());

    Throwable failure = catchThrowable(stack::read);

    assertThat(failure).isNotNull();
    assertThat(failure.getClass().getName())
        .as(failure.toString())
        .isEqualTo(stack.failures().unreachable());
    assertThat(causes(failure))
        .anySatisfy(
            cause ->
                assertThat(cause)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("service orders: no server available"));
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private List<Answer> read(int calls) throws Exception {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(stack.read());
    }
    return answers;
  }

  @AfterEach
  void assertNothingLeft() throws IOException {
    try {
      Await.until(
          "nothing is in flight after the test",
          () -> balance.servers().stream().allMatch(server -> server.inFlight() == 0));
      assertThat(balance.servers()).hasSize(3);
      assertThat(balance.agent().getLong("FailOpenCount")).isEqualTo(failedOpen);
    } finally {
      balance.clear();
      fleet.close();
    }
  }

  @AfterAll
  void closeStack() throws IOException {
    Thread.currentThread().setContextClassLoader(loaderOfTests);
    // Without one when it could not be opened, which has failed the story already.
    if (stack != null) {
      stack.close();
    }
  }
}
