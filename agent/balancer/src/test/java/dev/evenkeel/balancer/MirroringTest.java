package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.balancer.mirror.MirroredCall;
import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.MirrorSpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MirroringTest {
  private static final LoadBalancerSpec MAIN = pool("main", null, null, server(A, 1));
  private static final LoadBalancerSpec SHADOW = pool("shadow", null, null, server(B, 1));

  private final Fixture fixture = new Fixture();

  private static MirroringSpec mirroring(MirrorSpec... mirrors) {
    return mirroring("orders", MirroringSpec.ANY_BODY, mirrors);
  }

  private static MirroringSpec mirroring(String name, long maxBodyBytes, MirrorSpec... mirrors) {
    return new MirroringSpec(name, "main", List.of(mirrors), true, maxBodyBytes, false);
  }

  private static MirrorSpec shadow(int percent) {
    return new MirrorSpec("shadow", percent);
  }

  private ServiceView view(String name) {
    return fixture.balancer.services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Attempt attempt() {
    Attempt attempt = fixture.open().next();
    assertThat(attempt).isNotNull();
    return attempt;
  }

  /** Sends a request as an adapter does. */
  private static Attempt send(Attempt attempt, String body) {
    RequestCopy copy = attempt.copy();
    if (copy != null) {
      byte[] bytes = body.getBytes(UTF_8);
      copy.begin("POST", "orders", "/x");
      copy.header("Content-Length", Integer.toString(bytes.length));
      copy.body(bytes, 0, bytes.length);
      copy.end();
    }
    return attempt;
  }

  private void call(String body) {
    Attempt attempt = send(attempt(), body);
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);
  }

  private void calls(int count) {
    for (int i = 0; i < count; i++) {
      call("body");
      fixture.mirrors.run();
    }
  }

  private static String body(MirroredCall call) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    call.request().writeBody(out);
    return out.toString(UTF_8);
  }

  private void assertNothingKept() {
    assertThat(fixture.mirrors.budget().bytes()).isZero();
    assertThat(fixture.mirrors.budget().copies()).isZero();
    assertThat(fixture.balancer.services().stream().flatMap(s -> s.servers().stream()))
        .allMatch(server -> server.inFlight() == 0);
  }

  @Test
  void call_mirrored_isACallOfTheMirrorToo() throws IOException {
    fixture.apply(mirroring(shadow(100)), MAIN, SHADOW);

    Attempt attempt = send(attempt(), "body");
    attempt.answered(200);
    assertThat(fixture.mirrors.calls).as("not before the call has ended").isEmpty();
    attempt.end(Outcome.COMPLETED);

    assertThat(attempt.server().url()).isEqualTo(A);
    assertThat(body(fixture.mirrors.calls.element())).isEqualTo("body");
    fixture.mirrors.run();
    assertThat(fixture.mirrors.servers).containsExactly(B);
    assertThat(view("orders").calls()).isEqualTo(1);
    assertThat(view("main").calls()).isEqualTo(1);
    assertThat(view("shadow").calls()).isEqualTo(1);
    assertThat(view("shadow").servers().get(0).calls()).isEqualTo(1);
    assertThat(view("orders").mirrorsSent()).isEqualTo(1);
    assertThat(view("orders").mirrorsDropped()).isZero();
    assertThat(view("orders").children()).containsExactly("main", "shadow");
    assertThat(view("orders").kind()).isEqualTo("mirroring");
    assertNothingKept();
  }

  @ParameterizedTest
  @CsvSource({"100, 100", "50, 50", "10, 10", "33, 33", "1, 1", "99, 99", "0, 0"})
  void percent_overAHundredCalls_isExact(int percent, int copies) {
    fixture.apply(mirroring(shadow(percent)), MAIN, SHADOW);

    calls(100);

    assertThat(fixture.mirrors.servers).hasSize(copies);
    assertThat(view("orders").mirrorsSent()).isEqualTo(copies);
  }

  @Test
  void mirrors_several_eachHaveTheirShareOfOneCopy() {
    fixture.apply(
        mirroring(shadow(50), new MirrorSpec("third", 10), shadow(10)),
        MAIN,
        SHADOW,
        pool("third", null, null, server(C, 1)));

    call("body");
    assertThat(fixture.mirrors.calls).hasSize(3);
    assertThat(fixture.mirrors.budget().copies()).isEqualTo(1);
    fixture.mirrors.run();
    calls(9);

    assertThat(Collections.frequency(fixture.mirrors.servers, B)).isEqualTo(6);
    assertThat(Collections.frequency(fixture.mirrors.servers, C)).isEqualTo(1);
    assertNothingKept();
  }

  @Test
  void call_cancelled_isNotMirroredAndNotCounted() {
    fixture.apply(mirroring(shadow(50)), MAIN, SHADOW);
    call("first");
    call("second");
    send(attempt(), "cancelled").end(Outcome.CANCELLED);

    assertThat(fixture.mirrors.calls).hasSize(1);
    call("fourth");

    assertThat(fixture.mirrors.calls).hasSize(2);
    assertThat(view("orders").mirrorsDropped()).isZero();
    fixture.mirrors.run();
    assertNothingKept();
  }

  @Test
  void call_thatFailedAfterItWasSent_isMirrored() {
    fixture.apply(mirroring(shadow(100)), MAIN, SHADOW);

    send(attempt(), "body").end(Outcome.IO_FAILED);

    assertThat(fixture.mirrors.calls).hasSize(1);
  }

  @Test
  void attempt_withoutAConnection_movesNoShare() {
    fixture.apply(
        mirroring(shadow(50)), pool("main", null, null, server(A, 1), server(C, 1)), SHADOW);

    for (int i = 0; i < 3; i++) {
      Exchange exchange = fixture.open();
      exchange.next().end(Outcome.CONNECT_FAILED);
      send(exchange.next(), "body").end(Outcome.COMPLETED);
    }

    assertThat(fixture.mirrors.calls).hasSize(2);
  }

  @Test
  void request_writtenTwice_isMirroredOnceAsItWasLast() throws IOException {
    fixture.apply(mirroring(shadow(50)), MAIN, SHADOW);

    send(send(attempt(), "stale connection"), "fresh connection").end(Outcome.COMPLETED);
    call("not due");

    assertThat(fixture.mirrors.calls).hasSize(1);
    assertThat(body(fixture.mirrors.calls.element())).isEqualTo("fresh connection");
    fixture.mirrors.run();
    assertNothingKept();
  }

  @Test
  void copy_askedForAfterTheEnd_isNoneAndKeepsNothing() {
    fixture.apply(mirroring(shadow(100)), MAIN, SHADOW);
    Attempt given = attempt();
    given.end(Outcome.CANCELLED);

    assertThat(given.copy()).isNull();
    assertNothingKept();
  }

  @Test
  void attempt_thatEnded_letsGoOfItsCopy() {
    fixture.apply(mirroring(shadow(100)), MAIN, SHADOW);
    Attempt kept = attempt();
    WeakReference<RequestCopy> copy = new WeakReference<>(kept.copy());

    kept.end(Outcome.CANCELLED);
    while (!copy.refersTo(null)) {
      System.gc();
    }

    assertThat(kept.server().url()).isEqualTo(A);
  }

  @Test
  void attempt_again_isACallOfItsOwn() {
    fixture.apply(mirroring(shadow(50)), MAIN, SHADOW);
    Attempt first = send(attempt(), "challenged");
    first.end(Outcome.COMPLETED);
    Attempt second = send(first.again(), "with credentials");
    second.end(Outcome.COMPLETED);
    send(second.again(), "once more").end(Outcome.COMPLETED);

    assertThat(fixture.mirrors.calls).hasSize(2);
  }

  @Test
  void body_overTheLimit_isDroppedAndTheNextCallIsDue() throws IOException {
    fixture.apply(mirroring("orders", 4, shadow(50), new MirrorSpec("shadow", 100)), MAIN, SHADOW);

    call("12345");
    assertThat(fixture.mirrors.calls).isEmpty();
    assertThat(view("orders").mirrorsDropped()).isEqualTo(2);
    assertNothingKept();
    call("1234");

    assertThat(fixture.mirrors.calls).hasSize(2);
    assertThat(body(fixture.mirrors.calls.element())).isEqualTo("1234");
  }

  @Test
  void body_limitOfZero_mirrorsCallsWithoutABodyOnly() throws IOException {
    fixture.apply(mirroring("orders", 0, shadow(100)), MAIN, SHADOW);

    call("1");
    assertThat(fixture.mirrors.calls).isEmpty();
    call("");

    assertThat(body(fixture.mirrors.calls.element())).isEmpty();
  }

  @Test
  void body_notSentWhole_isDropped() {
    fixture.apply(mirroring(shadow(100)), MAIN, SHADOW);
    Attempt attempt = attempt();
    RequestCopy copy = attempt.copy();
    copy.begin("POST", "orders", "/");
    copy.body("half".getBytes(UTF_8), 0, 4);

    attempt.end(Outcome.COMPLETED);
    copy.body("late".getBytes(UTF_8), 0, 4);
    copy.end();

    assertThat(fixture.mirrors.calls).isEmpty();
    assertThat(view("orders").mirrorsDropped()).isEqualTo(1);
    assertNothingKept();
  }

  @Test
  void copies_beyondTheBudget_areDroppedAndTheCallsGoOn() {
    fixture.apply(mirroring(shadow(100)), MAIN, SHADOW);

    for (int i = 0; i < FakeMirrorSender.MAX_COPIES + 3; i++) {
      call("body");
    }

    assertThat(fixture.mirrors.calls).hasSize(FakeMirrorSender.MAX_COPIES);
    assertThat(view("orders").mirrorsDropped()).isEqualTo(3);
    assertThat(view("main").calls()).isEqualTo(7);
    fixture.mirrors.run();
    call("x".repeat(FakeMirrorSender.MAX_BYTES));
    assertThat(view("orders").mirrorsDropped()).isEqualTo(4);
    assertNothingKept();
  }

  @Test
  void sender_thatTakesNoMore_dropsAndDoesNotMakeTheNextCallDue() {
    fixture.apply(mirroring(shadow(50)), MAIN, SHADOW);
    fixture.mirrors.isFull = true;
    call("due");

    fixture.mirrors.isFull = false;
    call("not due");

    assertThat(fixture.mirrors.calls).isEmpty();
    assertThat(view("orders").mirrorsDropped()).isEqualTo(1);
    assertNothingKept();
  }

  @Test
  void sender_thatFails_keepsNothing() {
    fixture.apply(mirroring(shadow(100)), MAIN, SHADOW);
    fixture.mirrors.fault = new IllegalStateException("planted");

    call("body");

    assertThat(fixture.balancer.faults()).isEqualTo(1);
    assertThat(view("orders").mirrorsDropped()).isEqualTo(1);
    assertNothingKept();
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"COMPLETED", "IO_FAILED"})
  void client_thatCannotCopy_isSeenInTheFigures(Outcome outcome) {
    fixture.apply(mirroring(shadow(50)), MAIN, SHADOW);

    attempt().end(outcome);
    attempt().end(outcome);

    assertThat(view("orders").mirrorsDropped()).isEqualTo(1);
  }

  @Test
  void bodyLeftOut_copiesHaveNone() throws IOException {
    fixture.apply(
        new MirroringSpec("orders", "main", List.of(shadow(100)), false, 0, false), MAIN, SHADOW);

    call("body");

    assertThat(body(fixture.mirrors.calls.element())).isEmpty();
    assertThat(fixture.mirrors.calls.element().request().contentLength()).isZero();
  }

  @Test
  void mirror_withoutAServer_failsForItself() {
    fixture.apply(mirroring(shadow(100)), MAIN, pool("shadow", null, CHECK, server(B, 1)));
    fixture.verdict(false, B);

    calls(1);

    assertThat(view("shadow").failures()).isEqualTo(1);
    assertThat(view("orders").failures()).isZero();
    assertThat(view("orders").status()).isEqualTo("UP");
    assertNothingKept();
  }

  @Test
  void mirror_withStickySessions_hasNone() {
    fixture.apply(
        mirroring(shadow(100)), MAIN, pool("shadow", STICKY, null, server(B, 1), server(C, 1)));

    calls(4);

    assertThat(fixture.mirrors.servers).containsExactlyInAnyOrder(B, B, C, C);
  }

  @Test
  void mirrors_thatAreTrees_areCallsOfThese() {
    ServiceSpec weighted =
        new WeightedSpec(
            "shadow", List.of(new ChildSpec("b", 1), new ChildSpec("f", 1)), null, false);
    fixture.apply(
        mirroring(shadow(100)),
        MAIN,
        weighted,
        pool("b", null, null, server(B, 1)),
        new FailoverSpec("f", "c", "b", false),
        pool("c", null, CHECK, server(C, 1)));

    calls(4);

    assertThat(fixture.mirrors.servers).containsExactlyInAnyOrder(B, B, C, C);
    assertThat(view("f").calls()).isEqualTo(2);
  }

  @Test
  void mirror_withMirrorsOfItsOwn_isMirroredInTurn() {
    fixture.apply(
        mirroring(new MirrorSpec("inner", 100)),
        MAIN,
        new MirroringSpec("inner", "shadow", List.of(new MirrorSpec("third", 50)), true, -1, false),
        SHADOW,
        pool("third", null, null, server(C, 1)));

    calls(4);

    assertThat(Collections.frequency(fixture.mirrors.servers, B)).isEqualTo(4);
    assertThat(Collections.frequency(fixture.mirrors.servers, C)).isEqualTo(2);
    assertThat(view("inner").mirrorsSent()).isEqualTo(2);
    assertNothingKept();
  }

  @Test
  void service_insideAnother_bothMirror() {
    fixture.apply(
        new MirroringSpec("orders", "mid", List.of(shadow(100)), true, 4, false),
        new MirroringSpec("mid", "main", List.of(new MirrorSpec("third", 50)), true, -1, false),
        MAIN,
        SHADOW,
        pool("third", null, null, server(C, 1)));

    call("12345");
    fixture.mirrors.run();
    assertThat(fixture.mirrors.servers).containsExactly(C);
    call("1234");
    call("123");
    fixture.mirrors.run();

    assertThat(fixture.mirrors.servers).containsExactlyInAnyOrder(C, B, C, B);
    assertThat(view("orders").mirrorsDropped()).isEqualTo(1);
    assertNothingKept();
  }

  @Test
  void reload_otherPercent_keepsThePosition() {
    fixture.apply(mirroring(shadow(50)), MAIN, SHADOW);
    calls(1);

    fixture.apply(mirroring(shadow(50)), MAIN, SHADOW);
    calls(1);

    assertThat(fixture.mirrors.servers).hasSize(1);
    assertThat(view("orders").mirrorsSent()).isEqualTo(1);
  }

  @Test
  void health_isThatOfTheServiceThatAnswers() {
    fixture.apply(
        new WeightedSpec(
            "orders", List.of(new ChildSpec("mid", 1), new ChildSpec("b", 1)), null, true),
        new MirroringSpec("mid", "main", List.of(shadow(100)), true, -1, true),
        pool("main", null, CHECK, server(A, 1)),
        pool("b", null, CHECK, server(C, 1)),
        SHADOW);
    fixture.verdict(true, C);
    fixture.verdict(false, A);

    assertThat(fixture.tally(4)).containsOnlyKeys(C);
    assertThat(view("mid").status()).isEqualTo("DOWN");
  }

  @Test
  void references_wrong_areRefused() {
    assertThatThrownBy(() -> fixture.apply(mirroring(shadow(1)), MAIN))
        .hasMessageContaining("the service \"shadow\" does not exist");
    assertThatThrownBy(
            () ->
                fixture.apply(
                    mirroring(new MirrorSpec("f", 1)),
                    MAIN,
                    new WeightedSpec("f", List.of(new ChildSpec("orders", 1)), null, false)))
        .hasMessageContaining("recursion: orders -> f -> orders");
    assertThatThrownBy(() -> new MirrorSpec("shadow", 101)).hasMessageContaining("0..100");
    assertThatThrownBy(
            () ->
                fixture.apply(
                    new MirroringSpec("orders", "main", List.of(), true, -1, true), MAIN, SHADOW))
        .hasMessageContaining("needs to know whether service \"main\" is up");
  }

  @Test
  void explanation_namesTheMirrors() {
    fixture.apply(mirroring(shadow(10)), MAIN, SHADOW);

    assertThat(fixture.balancer.explain("GET", "http://orders/"))
        .isEqualTo(
            """
            GET http://orders/
              service orders (mirroring)
              takes the calls:
                service main (loadBalancer, wrr)
                  %s: 100.0 %% of the turns (weight 1 of 1)
              gets a copy of 10 %% of the calls:
                service shadow (loadBalancer, wrr)
                  %s: 100.0 %% of the turns (weight 1 of 1)
            """
                .formatted(A, B));
  }
}
