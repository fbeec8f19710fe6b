import { Image } from 'antd';
import { api } from '../api.ts';
import { texts } from '../texts.ts';

/** Grows to full screen on a click; a photo that is gone shows a grey square, not a broken page. */
export const Photo = ({ id, name, size }: { id: string; name?: string; size: number }) => (
  <Image src={api.photo(id)} alt={name || texts.order.photo} width={size} height={size} fallback={nothing} />
);

const nothing =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"%3E%3Crect width="4" height="4" fill="%23dde5e4"/%3E%3C/svg%3E';

export function Photos({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return null;
  return (
    <section className="section">
      <h2>{texts.order.photos}</h2>
      <div className="photos">
        <Image.PreviewGroup>
          {ids.map((id) => (
            <Photo key={id} id={id} size={104} />
          ))}
        </Image.PreviewGroup>
      </div>
    </section>
  );
}
