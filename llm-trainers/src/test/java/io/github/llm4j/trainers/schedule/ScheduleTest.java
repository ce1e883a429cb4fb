package io.github.llm4j.trainers.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.llm4j.api.component.SettingsException;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ScheduleContext CONTEXT = new ScheduleContext(1e-3, 100);

  @Test
  void cosineIsHalfWayDownInTheMiddle() {
    Schedule cosine = new CosineProvider().create(new CosineSettings(10, 1e-4), CONTEXT);
    assertEquals(1e-3 / 11, cosine.lr(0), 1e-15);
    assertEquals(1e-3 * 10 / 11, cosine.lr(9), 1e-15);
    assertEquals(1e-3, cosine.lr(10), 1e-15);
    assertEquals(5.5e-4, cosine.lr(55), 1e-15);
    assertEquals(1e-4, cosine.lr(100), 1e-15);
    assertEquals(1e-4, cosine.lr(1000), 1e-15);
    // a quarter down the way: 1e-4 + 9e-4 (1 + cos(pi / 4)) / 2 would be at 32.5; 40 is a third
    assertEquals(1e-4 + 9e-4 * 0.75, cosine.lr(40), 1e-15);
  }

  @Test
  void aRateDependsOnTheStepAlone() {
    Schedule whole = new CosineProvider().create(new CosineSettings(10, 1e-4), CONTEXT);
    for (int i = 0; i < 55; i++) {
      whole.lr(i);
    }
    Schedule resumed = new CosineProvider().create(new CosineSettings(10, 1e-4), CONTEXT);
    for (int i = 55; i < 100; i++) {
      assertEquals(whole.lr(i), resumed.lr(i));
    }
  }

  @Test
  void linearFallsEvenly() {
    Schedule linear = new LinearProvider().create(new LinearSettings(0.2, 0), CONTEXT);
    assertEquals(1e-3 / 21, linear.lr(0), 1e-15);
    assertEquals(1e-3, linear.lr(20), 1e-15);
    assertEquals(7.5e-4, linear.lr(40), 1e-15);
    assertEquals(0, linear.lr(100), 1e-15);
  }

  @Test
  void constantStays() {
    Schedule constant = new ConstantProvider().create(new ConstantSettings(0), CONTEXT);
    assertEquals(1e-3, constant.lr(0));
    assertEquals(1e-3, constant.lr(99));
  }

  @Test
  void wsdIsStableThenFalls() {
    Schedule wsd = new WsdProvider().create(new WsdSettings(4, 0.2, 0), CONTEXT);
    assertEquals(1e-3 / 5, wsd.lr(0), 1e-15);
    assertEquals(1e-3, wsd.lr(4), 1e-15);
    assertEquals(1e-3, wsd.lr(80), 1e-15);
    assertEquals(5e-4, wsd.lr(90), 1e-15);
    assertEquals(0, wsd.lr(100), 1e-15);
    Schedule never = new WsdProvider().create(new WsdSettings(0, 0, 0), CONTEXT);
    assertEquals(1e-3, never.lr(99), 1e-15);
  }

  @Test
  void halfAStepOfWarmUpIsRefused() {
    SettingsException e =
        assertThrows(SettingsException.class, () -> new CosineSettings(10.5, 1e-4));
    assertEquals("warmup", e.key());
    assertEquals("whole steps, or a share below 100%, expected, found 10.5.", e.getMessage());
    assertThrows(SettingsException.class, () -> new CosineSettings(0, -1));
  }
}
