package io.github.llm4j.trainers.schedule;

/**
 * {@code wsd}: warm-up, stable at the peak, then a straight line to {@code min-lr} over the last
 * steps (Hu et al. 2024, arXiv:2404.06395, section 4).
 */
public final class WsdProvider implements ScheduleProvider<WsdSettings> {

  @Override
  public String type() {
    return "wsd";
  }

  @Override
  public Class<WsdSettings> settings() {
    return WsdSettings.class;
  }

  @Override
  public Schedule create(WsdSettings settings, ScheduleContext context) {
    long decay = WarmUp.steps(settings.decay(), context.steps());
    double range = context.lr() - settings.minLr();
    Schedule stable =
        step -> {
          double progress = WarmUp.progress(step, context.steps() - decay, context.steps());
          return decay == 0 ? context.lr() : settings.minLr() + (1 - progress) * range;
        };
    return WarmUp.before(stable, settings.warmup(), context);
  }
}
