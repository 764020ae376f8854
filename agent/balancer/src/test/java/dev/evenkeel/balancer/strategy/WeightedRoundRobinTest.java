package dev.evenkeel.balancer.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import org.junit.jupiter.api.Test;

class WeightedRoundRobinTest extends StrategyContract {
  @Override
  Strategy strategy(FakeMembers members, Tickets tickets, WeightedTurns turns) {
    return new WeightedRoundRobin(tickets, turns);
  }

  @Override
  double shareBound() {
    return 0;
  }

  @Test
  void pick_memberThatOwes_paysWithItsNextTurns() {
    FakeMembers members = new FakeMembers(3, 3);
    Strategy strategy = strategy(members, 0);
    members.debts[0].charge(3);
    members.debts[0].charge(3);

    assertThat(members.tally(strategy, 8)).containsExactly(3, 5);
    assertThat(members.tally(strategy, 6)).containsExactly(3, 3);
  }

  @Test
  void pick_onlyMemberOwes_hasTheCallAllTheSame() {
    FakeMembers members = new FakeMembers(100);
    Strategy strategy = strategy(members, 0);
    for (int i = 0; i < 100; i++) {
      members.debts[0].charge(100);
    }

    assertThat(members.tally(strategy, 50)).containsExactly(50);
    assertThat(members.debts[0].payOff()).as("paid off by then").isFalse();
  }

  @Test
  void charge_beyondTheWeight_isForgotten() {
    TurnDebt debt = new TurnDebt();
    for (int i = 0; i < 10; i++) {
      debt.charge(2);
    }

    assertThat(debt.payOff()).isTrue();
    assertThat(debt.payOff()).isTrue();
    assertThat(debt.payOff()).isFalse();
  }

  @Test
  void charge_weightZero_owesNothing() {
    TurnDebt debt = new TurnDebt();
    debt.charge(0);

    assertThat(debt.payOff()).isFalse();
  }
}
