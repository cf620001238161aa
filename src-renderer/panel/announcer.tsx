import { useState } from 'react';
import type { Profile } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../context/app-context.ts';
import { sessionNews, type SessionNews } from './announcements.ts';
import styles from './announcer.module.css';

/** Says to screen readers when a session starts or ends, which others see. */
export function Announcer({ profiles }: { readonly profiles: readonly Profile[] }) {
  const { t, duration } = useTexts();
  const [shown, setShown] = useState({ profiles, said: '' });
  if (shown.profiles !== profiles) {
    const news = sessionNews(shown.profiles, profiles);
    setShown({ profiles, said: news.length === 0 ? shown.said : news.map(sentence).join(' ') });
  }
  return (
    <div aria-live="polite" className={styles.unseen}>
      {shown.said}
    </div>
  );

  function sentence(news: SessionNews): string {
    const { profile } = news;
    switch (news.kind) {
      case 'started':
        return t('session.started', { profile, duration: duration(news.seconds) });
      case 'ended':
        return t('session.endedOf', { profile });
      case 'expired':
        return t('session.expiredOf', { profile });
    }
  }
}
