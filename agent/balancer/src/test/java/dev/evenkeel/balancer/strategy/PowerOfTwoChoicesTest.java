package dev.evenkeel.balancer.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PowerOfTwoChoicesTest extends StrategyContract {
  @Override
  Strategy strategy(FakeMembers members, Tickets tickets, WeightedTurns turns) {
    return new PowerOfTwoChoices(tickets, turns, members.weights, members);
  }

  @Override
  double shareBound() {
    return 0;
  }

  @Test
  void pick_oneMemberBusy_isLeftToTheOthers() {
    FakeMembers members = new FakeMembers(1, 1, 1);
    members.inFlight[1] = 5;

    int[] counts = members.tally(strategy(members, 0), 3_000);

    assertThat(counts[1]).isLessThan(20);
    assertThat(counts[0]).isBetween(1_350, 1_650);
  }

  @Test
  void pick_nearTie_keepsTheTurns() {
    FakeMembers members = new FakeMembers(1, 1);
    members.inFlight[0] = 21;
    members.inFlight[1] = 20;

    assertThat(members.tally(strategy(members, 0), 100)).containsExactly(50, 50);
  }

  @Test
  void pick_sameLoadByWeight_keepsTheTurnsWhateverTheScale() {
    for (int scale : new int[] {1, 100, 10_000}) {
      FakeMembers members = new FakeMembers(3 * scale, scale);
      members.inFlight[0] = 3;
      members.inFlight[1] = 1;

      assertThat(members.tally(strategy(members, 0), 400)).containsExactly(300, 100);
    }
  }

  @Test
  void pick_callsThatStay_fillMembersByWeight() {
    FakeMembers members = new FakeMembers(1, 2, 3, 4, 0);
    Strategy strategy = strategy(members, 0);

    for (int i = 0; i < 1_000; i++) {
      members.inFlight[strategy.pick(members, members.call(i))]++;
    }

    assertThat(members.inFlight[4]).isZero();
    for (int i = 0; i < 4; i++) {
      assertThat(members.inFlight[i] / 100.0).isBetween(0.85 * (i + 1), 1.15 * (i + 1));
    }
  }

  @Test
  void pick_tenThousandMembersAndCallsThatStay_noneIsCrowded() {
    int[] weights = new int[10_000];
    Arrays.fill(weights, 1);
    FakeMembers members = new FakeMembers(weights);
    Strategy strategy = strategy(members, 0);

    for (int i = 0; i < 30_000; i++) {
      members.inFlight[strategy.pick(members, members.call(i))]++;
    }

    assertThat(Arrays.stream(members.inFlight).max().getAsInt()).isLessThanOrEqualTo(4);
  }
}
