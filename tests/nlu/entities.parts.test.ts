import { describe, expect, test } from '@jest/globals';
import { foldAddress, readAddressPart, readAddressParts, readTimeAnswer } from '#nlu';
import { demoGazetteer } from './gazetteer.ts';

const NOW = '2026-11-23T21:00:00+08:00';

describe('a bare part of an address', () => {
  test.each([
    ['25号', '25号'],
    ['3组', '3组'],
    ['第三组', '3组'],
    ['12号', '12号'],
    ['5幢', '5幢'],
    ['5楼', '5楼'],
    ['302', '302'],
    ['是5幢3单元', '5幢3单元'],
    ['５幢３單元３０２', '5幢3单元302'],
    ['三单元三零二', '3单元302'],
    ['在3组12号哦', '3组12号'],
    ['5幢,3单元，302室的', '5幢3单元302室'],
    ['单元是2单元', '2单元'],
    ['A座1203', 'A座1203'],
    ['2-1-301', '2-1-301'],
    ['一百二十号', '120号'],
  ])('«%s» is %s', (text, part) => expect(readAddressPart(text)).toBe(part));

  test.each([
    '13912345678',
    '3301000000017',
    '昨天',
    '8点',
    '25日',
    '3个人',
    '12号停的',
    '是的',
    '文三路199号',
    '1',
    '',
    '5度电',
  ])('«%s» is none', (text) => expect(readAddressPart(text)).toBeUndefined());

  test('a correction of one is none: «不是12号»', () => {
    expect(readAddressPart('不是12号')).toBeUndefined();
    expect(readAddressPart('不是2幢是3幢')).toBeUndefined();
  });
});

describe('an address in several stretches', () => {
  test('all of them, in order, in the customer’s words', () => {
    const text = '我住在翠苑四区的我们家这个电啊从昨天晚上七点多钟就没得了，我家是5栋3單元202，电话13912345678';
    expect(readAddressParts(text, { gazetteer: demoGazetteer })).toEqual(['翠苑四区', '5栋3單元202']);
  });

  test('none, one, and what was taken back', () => {
    expect(readAddressParts('我家停电了')).toEqual([]);
    expect(readAddressParts('我家在文三路199号2幢')).toEqual(['文三路199号2幢']);
    expect(readAddressParts('不是文三路199号，停电的是学院路20号')).toEqual(['学院路20号']);
  });
});

describe('folding an address', () => {
  test('simplified and half-width, capitals kept, index for index', () => {
    expect(foldAddress('西湖區古墩路１４０號３幢Ａ座B單元２樓')).toBe('西湖区古墩路140号3幢A座B单元2楼');
  });
});

describe('the time as an answer', () => {
  test.each([
    ['25号', '2026-10-25T00:00:00+08:00'],
    ['昨晚', '2026-11-22T18:00:00+08:00'],
    ['不是昨晚，是今早八点', '2026-11-23T08:00:00+08:00'],
    ['今早八点，不是昨晚', '2026-11-23T08:00:00+08:00'],
    ['不对，是两点', '2026-11-23T14:00:00+08:00'],
    ['时间是昨天下午三点', '2026-11-22T15:00:00+08:00'],
    ['不是三个小时是五个小时', '2026-11-23T16:00:00+08:00'],
    ['两个小时了', '2026-11-23T19:00:00+08:00'],
    ['好像是昨天晚上下大雨那会儿八点多吧', '2026-11-22T20:00:00+08:00'],
    ['不是昨晚八点，是九点', '2026-11-22T21:00:00+08:00'],
  ])('«%s»', (text, start) => expect(readTimeAnswer(text, NOW)?.start).toBe(start));

  test.each(['明天', '几点来', '昨天交的费', '我也不知道', '', '多久能好？'])('«%s» is none', (text) =>
    expect(readTimeAnswer(text, NOW)).toBeUndefined(),
  );

  test('what it leaves out is taken from the moment known', () => {
    const known = { start: '2026-11-22T15:00:00+08:00', grain: 'hour' } as const;
    expect(readTimeAnswer('不对，是两点', NOW, known)?.start).toBe('2026-11-22T14:00:00+08:00');
    expect(readTimeAnswer('上午九点半', NOW, known)).toEqual({ start: '2026-11-22T09:30:00+08:00', grain: 'minute' });
    expect(readTimeAnswer('今天上午九点', NOW, known)?.start).toBe('2026-11-23T09:00:00+08:00');
  });
});
