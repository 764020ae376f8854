package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.jvm.FaultyAgentJar;
import dev.evenkeel.testkit.server.ServerFleet;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A fault of ours, wherever it is: the application's call succeeds, once, and the fault is counted.
 */
class PlantedFaultIT {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "okhttp, balancer.ServiceBalancer, open",
    "okhttp, balancer.ServiceExchange, next",
    "okhttp, okhttp.Calls, begin",
    "okhttp, okhttp.ConnectAdvice, choose",
    "okhttp, okhttp.Targets, of",
    "httpclient5, balancer.ServiceBalancer, open",
    "httpclient5, balancer.ServiceExchange, next",
    "httpclient5, httpclient5.ConnectAdvice, enter",
    "httpclient5, httpclient5.BalancedCall, begin",
    "httpclient5, httpclient5.ServerRoutes, to",
    "httpclient4, balancer.ServiceBalancer, open",
    "httpclient4, balancer.ServiceExchange, next",
    "httpclient4, httpclient4.ExecuteAdvice, enter",
    "httpclient4, httpclient4.BalancedCall, begin",
    "httpclient4, httpclient4.ServerRoutes, to",
    "httpasyncclient4, balancer.ServiceBalancer, open",
    "httpasyncclient4, balancer.ServiceExchange, next",
    "httpasyncclient4, httpasyncclient4.ConnectAdvice, connect",
    "httpasyncclient4, httpasyncclient4.Calls, connect",
    "httpasyncclient4, httpasyncclient4.ServerRoutes, to",
    "jdk-httpclient, balancer.ServiceBalancer, open",
    "jdk-httpclient, balancer.ServiceExchange, next",
    "jdk-httpclient, jdkhttpclient.AttemptAdvice, begin",
    "jdk-httpclient, jdkhttpclient.Calls, begin",
    "jdk-httpclient, jdkhttpclient.AddressAdvice, find",
    "jdk-httpclient, jdkhttpclient.Calls, address",
    "jdk-httpclient, jdkhttpclient.BalancedCall, prepare",
    "jdk-httpclient, jdkhttpclient.TransportTls, address",
    "url-connection, balancer.ServiceBalancer, open",
    "url-connection, balancer.ServiceExchange, next",
    "url-connection, urlconnection.NewAdvice, enter",
    "url-connection, urlconnection.OpenAdvice, enter",
    "url-connection, urlconnection.Calls, search",
    "url-connection, urlconnection.Bindings, bind",
    "url-connection, urlconnection.Target, of",
    "url-connection, urlconnection.Calls, enterOpen",
    "url-connection, urlconnection.BalancedCall, moveOn",
    "url-connection, urlconnection.BalancedCall, retarget",
  })
  void fault_beforeTheRequestIsSent_leavesTheCallUnchanged(
      String client, String className, String method) throws Exception {
    assertCallsGoTo("direct", client, className, method, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "okhttp, okhttp.Answers, decorate",
    "okhttp, balancer.ServerAttempt, answered",
    "okhttp, balancer.ServerAttempt, end",
    "httpclient5, httpclient5.ServerRuntime, watchBody",
    "httpclient5, balancer.ServerAttempt, answered",
    "httpclient5, balancer.ServerAttempt, end",
    "httpclient4, httpclient4.ServerPass, watched",
    "httpclient4, httpclient4.ExecuteAdvice, exit",
    "httpclient4, balancer.ServerAttempt, answered",
    "httpclient4, balancer.ServerAttempt, end",
    "httpasyncclient4, httpasyncclient4.RequestAdvice, send",
    "httpasyncclient4, httpasyncclient4.WireRequest, of",
    "httpasyncclient4, httpasyncclient4.AnswerAdvice, receive",
    "httpasyncclient4, httpasyncclient4.EndOfAnswerAdvice, complete",
    "httpasyncclient4, httpasyncclient4.EndOfAnswerAdvice, completed",
    "httpasyncclient4, httpasyncclient4.EndAdvice, end",
    "httpasyncclient4, balancer.ServerAttempt, answered",
    "httpasyncclient4, balancer.ServerAttempt, end",
    "jdk-httpclient, jdkhttpclient.ThrownAdvice, leave",
    "jdk-httpclient, jdkhttpclient.SecureAdvice, secure",
    "jdk-httpclient, jdkhttpclient.TimeoutAdvice, timeout",
    "jdk-httpclient, jdkhttpclient.PublisherAdvice, publisher",
    "jdk-httpclient, jdkhttpclient.HostAdvice, host",
    "jdk-httpclient, jdkhttpclient.TargetAdvice, target",
    "jdk-httpclient, jdkhttpclient.Http1HeadAdvice, written",
    "jdk-httpclient, jdkhttpclient.Copies, beginHttp1",
    "jdk-httpclient, jdkhttpclient.FilterAdvice, judge",
    "jdk-httpclient, jdkhttpclient.RefusedBodyAdvice, read",
    "jdk-httpclient, jdkhttpclient.StreamAdvice, body",
    "jdk-httpclient, jdkhttpclient.Calls, read",
    "jdk-httpclient, jdkhttpclient.Calls, end",
    "jdk-httpclient, jdkhttpclient.BalancedCall, answered",
    "jdk-httpclient, jdkhttpclient.BalancedCall, end",
    "jdk-httpclient, jdkhttpclient.AnswerAdvice, answered",
    "jdk-httpclient, jdkhttpclient.Calls, reading",
    "jdk-httpclient, jdkhttpclient.Calls, streaming",
    "jdk-httpclient, jdkhttpclient.BodyAdvice, read",
    "jdk-httpclient, balancer.ServerAttempt, answered",
    "jdk-httpclient, balancer.ServerAttempt, end",
    "url-connection, urlconnection.Answers, headersRead",
    "url-connection, urlconnection.Answers, nameServer",
    "url-connection, urlconnection.BodyAdvice, exit",
    "url-connection, urlconnection.NewAdvice, exit",
    "url-connection, urlconnection.ConnectAdvice, enter",
    "url-connection, urlconnection.CacheGetAdvice, enter",
    "url-connection, urlconnection.CachePutAdvice, enter",
    "url-connection, urlconnection.WriteAdvice, enter",
    "url-connection, urlconnection.WriteAdvice, exit",
    "url-connection, urlconnection.ParseAdvice, enter",
    "url-connection, urlconnection.ParseAdvice, exit",
    "url-connection, urlconnection.ParseHeaderAdvice, enter",
    "url-connection, urlconnection.ParseHeaderAdvice, exit",
    "url-connection, urlconnection.HeadersReadAdvice, enter",
    "url-connection, urlconnection.GetInputAdvice, exit",
    "url-connection, urlconnection.FinishedAdvice, enter",
    "url-connection, urlconnection.Reception, waiting",
    "url-connection, urlconnection.BalancedCall, answered",
    "url-connection, urlconnection.BalancedCall, end",
    "url-connection, balancer.ServerAttempt, answered",
    "url-connection, balancer.ServerAttempt, end",
  })
  void fault_afterTheResponseCame_leavesTheResponse(String client, String className, String method)
      throws Exception {
    assertCallsGoTo("balanced", client, className, method, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "okhttp, okhttp.LogicalNames, selectionUrl",
    "url-connection, urlconnection.OpenAdvice, exit",
  })
  void fault_whereTheConnectionOfAllThreeIsMade_leavesTheResponse(
      String client, String className, String method) throws Exception {
    assertCallsGoTo("balanced", client, className, method, 1);
  }

  /**
   * The logical host is the address of a real server, so that a call that is left alone succeeds
   * too.
   *
   * @param faults at least so many in three calls
   */
  private void assertCallsGoTo(
      String server, String client, String className, String method, int faults) throws Exception {
    Path faulty = directory.resolve("faulty.jar");
    FaultyAgentJar.plant(Application.AGENT, "dev.evenkeel." + className, method, faulty);

    try (ServerFleet fleet = new ServerFleet();
        Application app =
            Application.startLazily(
                "-javaagent:" + faulty,
                "-Devenkeel.services.127.0.0.1=" + fleet.http("balanced").url())) {
      String direct = fleet.http("direct").url() + "/";

      assertThat(app.call(client, 3, direct)).containsOnly("200 " + server).hasSize(3);

      app.jvm().awaitStderr(FaultyAgentJar.MESSAGE);
      assertThat(app.failOpenCount()).isGreaterThanOrEqualTo(faults);
    }
  }
}
