import { openCluster } from '#cluster';
import { conformance } from './conformance.ts';

conformance('in one process', () => openCluster({}));
